// What is freed is overwritten first, for the whole process: Swift's strings and buffers, libldap's, libcurl's and
// OpenSSL's copies of passwords, codes and keys. A copy that is wiped by its owner is one among many; those that a
// decoder, a socket or a string made on the way have no owner who knows.
//
// These take the place of the C library's functions of the same names, for itself and for every library, as
// "Replacing malloc" in its manual allows; its own do the work.
#include <malloc.h>
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

extern void __libc_free(void *);
extern void *__libc_malloc(size_t);
extern void *__libc_realloc(void *, size_t);

// In bytes: what is at least so large gets a map of its own where the heap has no room, and how much the heap grows by.
enum { map_threshold = 128 * 1024, heap_step = 1024 * 1024 };

// One heap for all threads, since what one decodes another frees; and it grows in steps, where the heaps of threads
// grow by a page and a system call each.
__attribute__((constructor)) static void settle(void) {
    mallopt(M_MMAP_THRESHOLD, map_threshold);
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TOP_PAD, heap_step);
    mallopt(M_TRIM_THRESHOLD, 2 * heap_step);
    // Nobody asks SQLite how much it holds, and counting it costs two locks for each allocation.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// Whether the kernel takes the memory back when it is freed, so that nothing is left to wipe. The C library's own mark:
// the second bit of the size that stands before each block (malloc.c, IS_MMAPPED).
static inline int is_map(const void *memory) { return (((const size_t *)memory)[-1] & 2) != 0; }

static inline void wipe(void *memory, size_t size) {
    if (!is_map(memory)) explicit_bzero(memory, size);
}

void free(void *memory) {
    if (memory == 0) return;
    wipe(memory, malloc_usable_size(memory));
    __libc_free(memory);
}

// One that grows may move, and would leave the old one behind as it is.
void *realloc(void *memory, size_t size) {
    if (memory == 0) return __libc_malloc(size);
    size_t held = malloc_usable_size(memory);
    if (size < held) explicit_bzero((char *)memory + size, held - size);
    if (size <= held || is_map(memory)) return __libc_realloc(memory, size);
    void *moved = __libc_malloc(size);
    if (moved == 0) return 0;
    memcpy(moved, memory, held);
    wipe(memory, held);
    __libc_free(memory);
    return moved;
}
