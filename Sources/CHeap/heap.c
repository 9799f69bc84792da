// What is freed is overwritten first, for the whole process: Swift's strings and buffers, libldap's, libcurl's and
// OpenSSL's copies of passwords, codes and keys. A copy that is wiped by its owner is one among many; those that a
// decoder, a socket or a string made on the way have no owner who knows.
//
// These take the place of the C library's functions of the same names, for itself and for every library, as
// "Replacing malloc" in its manual allows; its own do the work.
#include <malloc.h>
#include <stdint.h>
#include <string.h>

extern void __libc_free(void *);
extern void *__libc_malloc(size_t);
extern void *__libc_realloc(void *, size_t);

// Larger ones are maps of their own, which the kernel takes back (mallopt(3), M_MMAP_THRESHOLD). In bytes.
enum { wipe_limit = 128 * 1024 };

static inline void wipe(void *memory, size_t size) {
    if (size <= wipe_limit) explicit_bzero(memory, size);
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
    if (size < held && held <= wipe_limit) wipe((char *)memory + size, held - size);
    if (size <= held || held > wipe_limit) return __libc_realloc(memory, size);
    void *moved = __libc_malloc(size);
    if (moved == 0) return 0;
    memcpy(moved, memory, held);
    wipe(memory, held);
    __libc_free(memory);
    return moved;
}
