#ifndef LATCHKEY_CPLATFORM_SHIM_H
#define LATCHKEY_CPLATFORM_SHIM_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/socket.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <string.h>

// The peer's credentials (SO_PEERCRED, unix(7)). Glibc's module hides `struct ucred` behind _GNU_SOURCE.
struct latchkey_peer_credentials {
    pid_t pid;
    uid_t uid;
    gid_t gid;
};

#endif
