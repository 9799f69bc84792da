#ifndef LATCHKEY_CPLATFORM_SHIM_H
#define LATCHKEY_CPLATFORM_SHIM_H

// No _GNU_SOURCE here: with it, the same headers mean something else than in Swift's Glibc module, and the
// compiler refuses to import both.
#include <linux/memfd.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// The peer's credentials as SO_PEERCRED gives them (`struct ucred`, unix(7)), which Glibc's module hides
// behind _GNU_SOURCE. The ids are effective ones.
struct latchkey_peer_credentials {
    int32_t pid;
    uint32_t uid;
    uint32_t gid;
};

// prctl(2) is variadic, which Swift cannot call.
static inline int latchkey_refuse_dumps(void) {
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

// memfd_create(2), whose wrapper Glibc's module hides behind _GNU_SOURCE.
static inline int latchkey_memory_file(const char *name) {
    return (int)syscall(SYS_memfd_create, name, MFD_CLOEXEC);
}

// posix_spawn_file_actions_addclosefrom_np(3), which Glibc's module hides behind _GNU_SOURCE. Takes a
// posix_spawn_file_actions_t.
int latchkey_close_from(void *actions, int first) __asm__("posix_spawn_file_actions_addclosefrom_np");

#endif
