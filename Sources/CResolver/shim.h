#ifndef LATCHKEY_CRESOLVER_SHIM_H
#define LATCHKEY_CRESOLVER_SHIM_H

#include <stdint.h>
#include <string.h>
#include <netinet/in.h>
#include <arpa/nameser.h>
#include <resolv.h>
#include <netdb.h>

// One SRV record (RFC 2782). `target` ends with a NUL and has no final dot; empty for ".".
struct latchkey_service_record {
    uint16_t priority;
    uint16_t weight;
    uint16_t port;
    uint32_t ttl;
    char target[NS_MAXDNAME];
};

// The resolver's macros (`res_nquery` and its like are macros of resolv.h) and `struct __res_state` with its
// unions are not for Swift. Asks for the SRV records of a name: the system's name servers, or the one at
// 127.0.0.1 with this port (in network order) unless that is 0. Blocks for at most a few seconds for each name
// server. Returns the answer's length, or -1 with the resolver's h_errno in `failure`.
static inline int latchkey_query_service(
    const char *name, uint16_t loopback_port, unsigned char *answer, int size, int *failure)
{
    struct __res_state state;
    memset(&state, 0, sizeof state);
    if (res_ninit(&state) != 0) {
        *failure = NO_RECOVERY;
        return -1;
    }
    state.retrans = 1;
    state.retry = 2;
    if (loopback_port != 0) {
        state.nscount = 1;
        memset(&state.nsaddr_list[0], 0, sizeof state.nsaddr_list[0]);
        state.nsaddr_list[0].sin_family = AF_INET;
        state.nsaddr_list[0].sin_port = loopback_port;
        state.nsaddr_list[0].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    }
    int length = res_nquery(&state, name, ns_c_in, ns_t_srv, answer, size);
    *failure = state.res_h_errno;
    res_nclose(&state);
    // Longer than the buffer: what fits is there.
    return length > size ? size : length;
}

// Reads the SRV records of an answer. Returns how many, at most `max`, or -1 for what is not a DNS message.
static inline int latchkey_read_services(
    const unsigned char *answer, int length, struct latchkey_service_record *records, int max)
{
    ns_msg message;
    int found = 0;
    if (ns_initparse(answer, length, &message) != 0) return -1;
    for (int i = 0; i < ns_msg_count(message, ns_s_an) && found < max; i++) {
        ns_rr record;
        if (ns_parserr(&message, ns_s_an, i, &record) != 0) return -1;
        if (ns_rr_type(record) != ns_t_srv || ns_rr_rdlen(record) < 7) continue;
        const unsigned char *data = ns_rr_rdata(record);
        struct latchkey_service_record *out = &records[found];
        out->priority = ns_get16(data);
        out->weight = ns_get16(data + 2);
        out->port = ns_get16(data + 4);
        out->ttl = ns_rr_ttl(record);
        if (dn_expand(ns_msg_base(message), ns_msg_end(message), data + 6, out->target, NS_MAXDNAME) < 0) return -1;
        found++;
    }
    return found;
}

#endif
