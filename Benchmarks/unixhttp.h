/* One HTTP/1.1 connection over a Unix socket, one request at a time. */
#ifndef UNIXHTTP_H
#define UNIXHTTP_H
#include <stddef.h>

struct connection {
    int socket;
    int status;
    /* The last answer: `body` points into it. */
    char answer[16384];
    char *body;
};

/* Ends the program with a word of what failed. */
void fail(const char *what, const char *detail) __attribute__((noreturn));

void connect_to(struct connection *connection, const char *path);

/* Sends a request with a JSON body and reads the whole answer. Without a token where that is "". */
void call(struct connection *connection, const char *method, const char *path, const char *token, const char *json);

/* The same, and anything but that status ends the program. */
void expect(struct connection *connection, int status, const char *method, const char *path, const char *token,
            const char *json);

/* Copies the first string member of that name behind `start`; ends the program where there is none. */
void member(const char *start, const char *name, char *value, size_t size);

/* Seconds of a clock that only goes forward. */
double now(void);
#endif
