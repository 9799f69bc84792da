/* Hands the codes of a daemon's spool to whoever waits for them. People's addresses are `uNNNNNNN@…`. */
#ifndef SPOOL_H
#define SPOOL_H
#include <semaphore.h>
#include <stdatomic.h>

/* One for each client: the person whose code it waits for next, and the code. */
struct mailbox {
    atomic_long person;
    char code[16];
    sem_t arrived;
};

/* Watches the directory on a thread of its own for as long as the program runs. */
void watch_spool(const char *directory, struct mailbox *mailboxes, int count);
#endif
