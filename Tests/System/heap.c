// Fills blocks of many sizes, frees, grows and shrinks them, and looks for what they held.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char secret[8] = {'S', '3', 'c', 'r', '3', 't', '!', '!'};

static void fill(char *block, size_t size) {
    for (size_t at = 0; at + sizeof secret <= size; at += sizeof secret) memcpy(block + at, secret, sizeof secret);
}

// Reads as another process would: what the kernel has taken back cannot be read.
static int left(const char *block, size_t size) {
    static char copy[1 << 21];
    int memory = open("/proc/self/mem", O_RDONLY), found = 0;
    ssize_t count = pread(memory, copy, size, (off_t)block);
    close(memory);
    for (ssize_t at = 0; at + (ssize_t)sizeof secret <= count; at++) found += memcmp(copy + at, secret, sizeof secret) == 0;
    return found;
}

static int check(size_t size) {
    char *volatile freed = malloc(size), *barrier = malloc(100);
    fill(freed, size);
    const char *place = freed;
    free(freed);
    int after_free = left(place, size);
    char *volatile grown = malloc(size), *behind = malloc(100);
    fill(grown, size);
    place = grown;
    char *volatile moved = realloc(grown, 3 * size);
    int after_growth = moved == place ? 0 : left(place, size);
    free(moved);
    char *volatile shrunk = malloc(size);
    fill(shrunk, size);
    place = shrunk;
    char *volatile small = realloc(shrunk, 16);
    int after_shrinking = left(place + 24, size - 24);
    free(small);
    free(barrier);
    free(behind);
    int all = after_free + after_growth + after_shrinking;
    if (all) printf("%zu bytes: left %d when freed, %d when grown, %d when shrunk\n", size, after_free, after_growth, after_shrinking);
    return all;
}

int main(void) {
    // A large block that is freed makes the C library keep larger ones in its heap, unless it is told not to.
    free(memset(malloc(1 << 20), 1, 1 << 20));
    int all = 0;
    for (size_t size = 40; size < 1 << 21; size += size / 3) all += check(size);
    return all != 0;
}
