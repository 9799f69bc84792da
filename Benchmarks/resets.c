/* Plays people at the daemon's front-end socket, each client one after another, and says how long each step took.
 *   resets register SOCKET SPOOL CLIENTS FIRST COUNT PASSWORD    sign in, add an address, prove it
 *   resets reset    SOCKET SPOOL CLIENTS FIRST COUNT PASSWORD    start, challenge, response, password
 *   resets prove    SOCKET SPOOL CLIENTS FIRST COUNT PASSWORD    ... and then one client writes the passwords alone
 *   resets start    SOCKET LOGINS                                starts one reset for each line of a file
 * The people are uNNNNNNN, from FIRST on. Prints JSON: seconds of wall time and of this program's own CPU, and the
 * milliseconds of each step for each person, in order. */
#include "spool.h"
#include "unixhttp.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define CLIENTS_MAX 64
enum { START, CHALLENGE, CODE, ANSWER, PASSWORD, STEPS };
static const char *step_names[STEPS] = {"start", "challenge", "code", "answer", "password"};

struct person {
    double took[STEPS];
    char token[128];
};

static struct mailbox mailboxes[CLIENTS_MAX];
static struct person *people;
static const char *socket_path, *password;
static long first, count;
static atomic_long next;
/* What each client does with one person. */
static void (*play)(struct connection *, struct mailbox *, long);

/* The time since `*begin`, which becomes now. */
static double lap(double *begin) {
    double end = now(), took = end - *begin;
    *begin = end;
    return took;
}

/* Has a code sent by `open`, waits for it and answers it below `answers`. */
static void prove(struct connection *http, struct mailbox *box, long number, const char *open, const char *json,
                  const char *answers) {
    struct person *person = &people[number - first];
    char id[128], path[512], body[64];
    double begin = now();
    atomic_store(&box->person, number);
    expect(http, 201, "POST", open, person->token, json);
    person->took[CHALLENGE] = lap(&begin);
    member(http->body, "id", id, sizeof id);
    sem_wait(&box->arrived);
    person->took[CODE] = lap(&begin);
    snprintf(path, sizeof path, "%s/%s/response", answers, id);
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", box->code);
    expect(http, 200, "POST", path, person->token, body);
    person->took[ANSWER] = lap(&begin);
}

static void enrol(struct connection *http, struct mailbox *box, long number) {
    struct person *person = &people[number - first];
    char json[512], id[128], path[512];
    double begin = now();
    snprintf(json, sizeof json, "{\"login\":\"u%07ld\",\"password\":\"%s\"}", number, password);
    expect(http, 201, "POST", "/v1/sign-ins", "", json);
    person->took[START] = lap(&begin);
    member(http->body, "token", person->token, sizeof person->token);
    snprintf(json, sizeof json, "{\"kind\":\"email\",\"address\":\"u%07ld@private.example\"}", number);
    expect(http, 201, "POST", "/v1/registration/methods", person->token, json);
    member(strstr(http->body, "\"method\":"), "id", id, sizeof id);
    snprintf(path, sizeof path, "/v1/registration/methods/%s/challenges", id);
    prove(http, box, number, path, "{}", "/v1/registration/challenges");
}

static void pass_gate(struct connection *http, struct mailbox *box, long number) {
    struct person *person = &people[number - first];
    char json[512], id[128];
    double begin = now();
    snprintf(json, sizeof json, "{\"login\":\"u%07ld\",\"purpose\":\"reset\"}", number);
    expect(http, 201, "POST", "/v1/resets", "", json);
    person->took[START] = lap(&begin);
    member(http->body, "token", person->token, sizeof person->token);
    member(strstr(http->body, "\"methods\":"), "id", id, sizeof id);
    snprintf(json, sizeof json, "{\"methodId\":\"%s\"}", id);
    prove(http, box, number, "/v1/resets/current/challenges", json, "/v1/resets/current/challenges");
}

static void set_password(struct connection *http, struct mailbox *box, long number) {
    struct person *person = &people[number - first];
    char json[512];
    double begin = now();
    (void)box;
    snprintf(json, sizeof json, "{\"password\":\"%s %07ld\"}", password, number);
    expect(http, 200, "PUT", "/v1/resets/current/password", person->token, json);
    if (!strstr(http->body, "\"outcome\":\"applied\"")) fail("not applied", http->body);
    person->took[PASSWORD] = lap(&begin);
}

static void reset(struct connection *http, struct mailbox *box, long number) {
    pass_gate(http, box, number);
    set_password(http, box, number);
}

static void *client(void *box) {
    struct connection *http = malloc(sizeof *http);
    connect_to(http, socket_path);
    for (long at; (at = atomic_fetch_add(&next, 1)) < count;) play(http, box, first + at);
    free(http);
    return NULL;
}

/* Seconds that it took. */
static double run(void (*what)(struct connection *, struct mailbox *, long), int clients) {
    pthread_t threads[CLIENTS_MAX];
    double begin = now();
    play = what;
    atomic_store(&next, 0);
    for (int i = 0; i < clients; i++) pthread_create(&threads[i], NULL, client, &mailboxes[i]);
    for (int i = 0; i < clients; i++) pthread_join(threads[i], NULL);
    return now() - begin;
}

static void print_steps(double seconds) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    printf("{\"seconds\":%.6f,\"cpu\":%.6f", seconds, cpu);
    for (int step = 0; step < STEPS; step++) {
        printf(",\"%s\":[", step_names[step]);
        for (long i = 0; i < count; i++) printf("%s%.4f", i ? "," : "", people[i].took[step] * 1000);
        printf("]");
    }
    printf("}\n");
}

/* One client, one reset after another: nothing waits for anything but its own answer. */
static int start_each(const char *path, const char *logins) {
    static struct connection http;
    char login[128], json[512];
    FILE *file = fopen(logins, "r");
    if (!file) fail("open", logins);
    connect_to(&http, path);
    printf("[");
    for (int i = 0; fscanf(file, "%127s", login) == 1; i++) {
        snprintf(json, sizeof json, "{\"login\":\"%s\",\"purpose\":\"reset\"}", login);
        double begin = now();
        expect(&http, 201, "POST", "/v1/resets", "", json);
        printf("%s%.4f", i ? "," : "", lap(&begin) * 1000);
    }
    printf("]\n");
    return 0;
}

int main(int argc, char **words) {
    if (argc == 4 && !strcmp(words[1], "start")) return start_each(words[2], words[3]);
    if (argc != 8) return 2;
    const char *what = words[1];
    int clients = atoi(words[4]);
    if (clients < 1 || clients > CLIENTS_MAX) return 2;
    socket_path = words[2];
    first = atol(words[5]);
    count = atol(words[6]);
    password = words[7];
    people = calloc(count, sizeof *people);
    watch_spool(words[3], mailboxes, clients);
    if (!strcmp(what, "register")) print_steps(run(enrol, clients));
    if (!strcmp(what, "reset")) print_steps(run(reset, clients));
    if (!strcmp(what, "prove")) {
        run(pass_gate, clients);
        print_steps(run(set_password, 1));
    }
    return 0;
}
