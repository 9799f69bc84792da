/* Sets passwords as a directory's own client in C would: the floor for the write-back.
 *   writeback URI BIND-DN PASSWORD-FILE USERS ROLES FIRST COUNT PASSWORD bare|proven
 * On one connection and for one person after another: RFC 3062 (`bare`), or with what the daemon asks on its
 * connection before and after (`proven`): entry and roles are looked at, written, and read again twice, once for the
 * proof and once for what follows from it. The entryUUIDs are read beforehand. Prints the seconds. */
#include <ldap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DEPTH 64
static LDAP *ld;
static const char *users, *roles;
static char *account[] = {"uid", "cn", "mail", "telephoneNumber", "mobile", "preferredLanguage",
                          "pwdAccountLockedTime", "pwdStartTime", "pwdEndTime", "pwdPolicySubentry", "entryUUID",
                          "entryCSN", "pwdChangedTime", "pwdReset", "pwdLastSuccess", NULL};

struct person {
    char dn[256], uuid[64], version[64];
};

static void must(const char *what, int code) {
    if (code == LDAP_SUCCESS) return;
    fprintf(stderr, "writeback: %s: %s\n", what, ldap_err2string(code));
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static LDAPMessage *search(const char *base, const char *filter, char **attributes) {
    LDAPMessage *result = NULL;
    must(filter, ldap_search_ext_s(ld, base, LDAP_SCOPE_SUBTREE, filter, attributes, 0, NULL, NULL, NULL, 0, &result));
    return result;
}

/* Copies an attribute's first value; the others are decoded all the same. */
static void decode(LDAPMessage *entry, const char *wanted, char *value, size_t size) {
    BerElement *ber = NULL;
    struct berval dn, name, *list = NULL;
    must("dn", ldap_get_dn_ber(ld, entry, &ber, &dn));
    while (ldap_get_attribute_ber(ld, entry, ber, &name, &list) == LDAP_SUCCESS && name.bv_val) {
        if (list && list[0].bv_val && !strcasecmp(name.bv_val, wanted)) snprintf(value, size, "%s", list[0].bv_val);
        if (list) ber_memfree(list);
        list = NULL;
    }
    if (ber) ber_free(ber, 0);
}

/* The groups that hold the member, and those that hold these, and so on: level by level. */
static void read_roles(const char *member) {
    char *names[] = {"cn", NULL}, filter[16384], level[16384];
    snprintf(level, sizeof level, "(member=%s)", member);
    for (int depth = 0; *level && depth < DEPTH; depth++) {
        snprintf(filter, sizeof filter, "(&(objectClass=groupOfNames)(|%.16000s))", level);
        LDAPMessage *result = search(roles, filter, names);
        *level = 0;
        for (LDAPMessage *group = ldap_first_entry(ld, result); group; group = ldap_next_entry(ld, group)) {
            char *dn = ldap_get_dn(ld, group);
            size_t used = strlen(level);
            snprintf(level + used, sizeof level - used, "(member=%s)", dn);
            ldap_memfree(dn);
        }
        ldap_msgfree(result);
    }
}

/* Entry and roles. */
static void look(struct person *person) {
    char filter[256];
    snprintf(filter, sizeof filter, "(&(objectClass=inetOrgPerson)(entryUUID=%s))", person->uuid);
    LDAPMessage *result = search(users, filter, account), *entry = ldap_first_entry(ld, result);
    if (!entry) must(filter, LDAP_NO_SUCH_OBJECT);
    decode(entry, "entryCSN", person->version, sizeof person->version);
    ldap_msgfree(result);
    read_roles(person->dn);
}

static void write_password(struct person *person, const char *password, long number) {
    char text[256];
    struct berval dn = {strlen(person->dn), person->dn}, none = {0, NULL};
    struct berval value = {snprintf(text, sizeof text, "%s %07ld", password, number), text};
    must("password modify", ldap_passwd_s(ld, &dn, NULL, &value, &none, NULL, NULL));
}

static void write_proven(struct person *person, const char *password, long number) {
    char before[sizeof person->version];
    look(person);
    strcpy(before, person->version);
    write_password(person, password, number);
    look(person);
    if (!strcmp(before, person->version)) must("nothing was written", LDAP_OTHER);
    look(person);
}

static struct person *find(long first, long count) {
    struct person *people = calloc(count, sizeof *people);
    char *uuid[] = {"entryUUID", NULL}, filter[64];
    for (long i = 0; i < count; i++) {
        snprintf(filter, sizeof filter, "(uid=u%07ld)", first + i);
        snprintf(people[i].dn, sizeof people[i].dn, "uid=u%07ld,%s", first + i, users);
        LDAPMessage *result = search(users, filter, uuid), *entry = ldap_first_entry(ld, result);
        if (!entry) must(filter, LDAP_NO_SUCH_OBJECT);
        decode(entry, "entryUUID", people[i].uuid, sizeof people[i].uuid);
        ldap_msgfree(result);
    }
    return people;
}

static void connect_as(const char *uri, const char *dn, const char *path) {
    char secret[256] = "";
    int version = LDAP_VERSION3;
    FILE *file = fopen(path, "r");
    if (!file || !fgets(secret, sizeof secret, file)) must(path, LDAP_PARAM_ERROR);
    fclose(file);
    secret[strcspn(secret, "\n")] = 0;
    must("initialize", ldap_initialize(&ld, uri));
    ldap_set_option(ld, LDAP_OPT_PROTOCOL_VERSION, &version);
    struct berval credentials = {strlen(secret), secret};
    must("bind", ldap_sasl_bind_s(ld, dn, LDAP_SASL_SIMPLE, &credentials, NULL, NULL, NULL));
}

int main(int argc, char **words) {
    if (argc != 10) return 2;
    int proven = !strcmp(words[9], "proven");
    long first = atol(words[6]), count = atol(words[7]);
    users = words[4];
    roles = words[5];
    connect_as(words[1], words[2], words[3]);
    struct person *people = find(first, count);
    double begin = now();
    for (long i = 0; i < count; i++)
        (proven ? write_proven : write_password)(&people[i], words[8], first + i);
    printf("%.6f\n", now() - begin);
    ldap_unbind_ext(ld, NULL, NULL);
    return 0;
}
