#define _GNU_SOURCE
#include "unixhttp.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

void fail(const char *what, const char *detail) {
    fprintf(stderr, "%s: %s\n", what, detail);
    exit(1);
}

double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

void connect_to(struct connection *connection, const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    connection->socket = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(connection->socket, (struct sockaddr *)&address, sizeof address) != 0) fail("connect", path);
}

static void send_all(int socket, const char *text, size_t size) {
    while (size > 0) {
        ssize_t count = write(socket, text, size);
        if (count <= 0) fail("send", "the daemon closed the connection");
        text += count;
        size -= count;
    }
}

/* The length of head and body once the head is there, else 0. */
static size_t whole_length(struct connection *connection) {
    char *end = strstr(connection->answer, "\r\n\r\n");
    if (!end) return 0;
    connection->body = end + 4;
    char *length = strcasestr(connection->answer, "content-length:");
    return connection->body - connection->answer + (length && length < end ? strtoul(length + 15, NULL, 10) : 0);
}

static void receive(struct connection *connection) {
    size_t size = 0, wanted = 0;
    while (wanted == 0 || size < wanted) {
        ssize_t count = read(connection->socket, connection->answer + size, sizeof connection->answer - 1 - size);
        if (count <= 0) fail("receive", "the daemon closed the connection, or its answer is too long");
        size += count;
        connection->answer[size] = 0;
        wanted = whole_length(connection);
    }
    if (sscanf(connection->answer, "HTTP/1.1 %d", &connection->status) != 1) fail("receive", "no HTTP");
}

void call(struct connection *connection, const char *method, const char *path, const char *token, const char *json) {
    char request[4096];
    int size = snprintf(request, sizeof request,
                        "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%s%sContent-Type: application/json\r\n"
                        "Content-Length: %zu\r\n\r\n%s",
                        method, path, *token ? "Authorization: Bearer " : "", token, *token ? "\r\n" : "",
                        strlen(json), json);
    if (size >= (int)sizeof request) fail("call", "the request is too long");
    send_all(connection->socket, request, size);
    receive(connection);
}

void expect(struct connection *connection, int status, const char *method, const char *path, const char *token,
            const char *json) {
    call(connection, method, path, token, json);
    if (connection->status == status) return;
    fprintf(stderr, "%s %s: %d %s\n", method, path, connection->status, connection->body);
    exit(1);
}

void member(const char *start, const char *name, char *value, size_t size) {
    char key[64];
    snprintf(key, sizeof key, "\"%s\":\"", name);
    const char *text = start ? strstr(start, key) : NULL;
    const char *end = text ? strchr(text += strlen(key), '"') : NULL;
    if (!end || (size_t)(end - text) >= size) fail("no such member in the answer", name);
    memcpy(value, text, end - text);
    value[end - text] = 0;
}
