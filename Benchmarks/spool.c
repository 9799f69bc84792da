#define _GNU_SOURCE
#include "spool.h"
#include "unixhttp.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

static const char *spool;
static struct mailbox *boxes;
static int box_count, events;

/* Notices have no code, and are nobody's business here. */
static void deliver(const char *name) {
    char path[512], text[16384], code[16], to[256];
    snprintf(path, sizeof path, "%s/%s", spool, name);
    int file = open(path, O_RDONLY);
    ssize_t size = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (size < 0) fail("read a message", path);
    close(file);
    text[size] = 0;
    if (!strstr(text, "\"code\":\"")) return;
    member(text, "code", code, sizeof code);
    member(text, "to", to, sizeof to);
    long person = strtol(to + 1, NULL, 10);
    for (int i = 0; i < box_count; i++) {
        if (atomic_load(&boxes[i].person) != person) continue;
        strcpy(boxes[i].code, code);
        atomic_store(&boxes[i].person, -1);
        sem_post(&boxes[i].arrived);
        return;
    }
}

/* A message gets its name once all of it is there: by link(2), which shows as a new file. */
static void *watch(void *unused) {
    static char buffer[65536] __attribute__((aligned(__alignof__(struct inotify_event))));
    while (1) {
        ssize_t size = read(events, buffer, sizeof buffer);
        if (size <= 0) fail("watch", spool);
        for (char *at = buffer; at < buffer + size;) {
            struct inotify_event *event = (struct inotify_event *)at;
            if (event->mask & IN_Q_OVERFLOW) fail("watch", "more messages than the kernel keeps");
            if (event->len > 0 && event->name[0] != '.') deliver(event->name);
            at += sizeof *event + event->len;
        }
    }
    return unused;
}

void watch_spool(const char *directory, struct mailbox *mailboxes, int count) {
    pthread_t thread;
    spool = directory;
    boxes = mailboxes;
    box_count = count;
    for (int i = 0; i < count; i++) {
        atomic_store(&boxes[i].person, -1);
        sem_init(&boxes[i].arrived, 0, 0);
    }
    events = inotify_init1(IN_CLOEXEC);
    if (inotify_add_watch(events, directory, IN_CREATE | IN_MOVED_TO) < 0) fail("watch", directory);
    pthread_create(&thread, NULL, watch, NULL);
}
