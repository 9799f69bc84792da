#ifndef LATCHKEY_CLDAP_SHIM_H
#define LATCHKEY_CLDAP_SHIM_H

#include <ldap.h>
#include <lber.h>
#include <openldap.h>
#include <sasl/sasl.h>

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

/* With sasl.h, Swift finds the members of `struct timeval` in a module that is not to be imported. */
static inline struct timeval latchkey_time(long milliseconds)
{
    struct timeval time = { milliseconds / 1000, (milliseconds % 1000) * 1000 };
    return time;
}

/* ldap_result(3), and again while bytes wait that were read from the socket and not looked at. With a time limit of
   0 it returns after the first part of a message that spans several TLS records; the rest is in the buffers of TLS
   then, and the socket, being empty, never wakes anybody. Each call takes some of these bytes, so this ends. */
static inline int latchkey_result(LDAP *ld, struct timeval *limit, LDAPMessage **message)
{
    Sockbuf *buffer = NULL;
    int status;
    if (ldap_get_option(ld, LDAP_OPT_SOCKBUF, &buffer) != LDAP_OPT_SUCCESS || buffer == NULL) return -1;
    do {
        status = ldap_result(ld, LDAP_RES_ANY, LDAP_MSG_ONE, limit, message);
    } while (status == 0 && ber_sockbuf_ctrl(buffer, LBER_SB_OPT_DATA_READY, NULL) > 0);
    return status;
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

/* What the SASL library may ask for. Pointers that the caller keeps until the bind has ended. */
struct latchkey_sasl_answers {
    const char *name;
    const char *password;
    unsigned password_length;
};

/* An LDAP_SASL_INTERACT_PROC: hands out pointers, so that the password is copied only by the mechanism. Answers
   with nothing to what else is asked for: no other authorization identity, the server's own realm. */
static inline int latchkey_answer_sasl(LDAP *ld, unsigned flags, void *defaults, void *prompts)
{
    struct latchkey_sasl_answers *answers = defaults;
    (void)ld;
    (void)flags;
    for (sasl_interact_t *prompt = prompts; prompt->id != SASL_CB_LIST_END; prompt++) {
        prompt->result = "";
        prompt->len = 0;
        if (prompt->id == SASL_CB_AUTHNAME && answers->name != NULL) {
            prompt->result = answers->name;
            prompt->len = __builtin_strlen(answers->name);
        } else if (prompt->id == SASL_CB_PASS && answers->password != NULL) {
            prompt->result = answers->password;
            prompt->len = answers->password_length;
        }
    }
    return LDAP_SUCCESS;
}

/* One step of ldap_sasl_interactive_bind(3): the callback's type is not one that Swift can make. */
static inline int latchkey_sasl_step(
    LDAP *ld, const char *mechanism, struct latchkey_sasl_answers *answers, LDAPMessage *previous,
    const char **state, int *id)
{
    return ldap_sasl_interactive_bind(
        ld, NULL, mechanism, NULL, NULL, LDAP_SASL_QUIET, latchkey_answer_sasl, answers, previous, state, id);
}

/* Wants neither anonymous nor clear-text mechanisms and no encryption of SASL's own: TLS does that, and AD refuses
   both at once. The principal's host is the one of the URI, not what reverse DNS says (RFC 4120, 1.3). */
static inline int latchkey_prepare_sasl(LDAP *ld)
{
    int status = ldap_set_option(ld, LDAP_OPT_X_SASL_NOCANON, LDAP_OPT_ON);
    return status != LDAP_OPT_SUCCESS
        ? status : ldap_set_option(ld, LDAP_OPT_X_SASL_SECPROPS, "noanonymous,noplain,minssf=0,maxssf=0");
}

#endif
