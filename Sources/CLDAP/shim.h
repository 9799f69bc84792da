#ifndef LATCHKEY_CLDAP_SHIM_H
#define LATCHKEY_CLDAP_SHIM_H

#include <ldap.h>
#include <lber.h>
#include <openldap.h>

/* Exported by libldap (symbol version OPENLDAP_2.5) and used by slapd's own proxies, but declared only in
   ldap_pvt.h. Gives a received message's bytes, positioned at the protocolOp, without a copy. */
extern BerElement *ldap_get_message_ber(LDAPMessage *message);

/* The global `ber_sockbuf_io_readahead` is a mutable variable to Swift. The layer must be pushed on a
   connected handle, so that it lies above the socket and below TLS. */
static inline int latchkey_push_read_ahead(LDAP *ld, int bytes, ber_len_t largest_message)
{
    Sockbuf *buffer = NULL;
    if (ldap_get_option(ld, LDAP_OPT_SOCKBUF, &buffer) != LDAP_OPT_SUCCESS || buffer == NULL) return -1;
    if (ber_sockbuf_ctrl(buffer, LBER_SB_OPT_SET_MAX_INCOMING, &largest_message) < 0) return -1;
    return ber_sockbuf_add_io(buffer, &ber_sockbuf_io_readahead, LBER_SBIOD_LEVEL_PROVIDER, &bytes);
}

/* LDAP_OPT_OFF is a cast that Swift does not import. */
static inline int latchkey_switch_off(LDAP *ld, int option)
{
    return ldap_set_option(ld, option, LDAP_OPT_OFF);
}

/* LDAP_SASL_SIMPLE is a cast that Swift does not import. */
static inline int latchkey_simple_bind(
    LDAP *ld, const char *dn, struct berval *password, LDAPControl **controls, int *message)
{
    return ldap_sasl_bind(ld, dn, LDAP_SASL_SIMPLE, password, controls, NULL, message);
}

#endif
