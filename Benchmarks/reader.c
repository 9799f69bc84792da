/* Reads what a search delivers, decodes every attribute and drops it: the floor for any client of libldap.
 *   reader URI BIND-DN PASSWORD-FILE FILTER BASE... [-- ATTRIBUTE...]
 * By content synchronisation, refresh only (RFC 4533), one search for each base; prints the number of entries. */
#include <lber.h>
#include <ldap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned long entries, values;

static void must(const char *what, int code) {
    if (code == LDAP_SUCCESS) return;
    fprintf(stderr, "reader: %s: %s\n", what, ldap_err2string(code));
    exit(1);
}

static void take(LDAP *ld, LDAPMessage *message) {
    BerElement *ber = NULL;
    struct berval dn, name, *list = NULL;
    must("dn", ldap_get_dn_ber(ld, message, &ber, &dn));
    entries++;
    while (ldap_get_attribute_ber(ld, message, ber, &name, &list) == LDAP_SUCCESS && name.bv_val) {
        for (int i = 0; list && list[i].bv_val; i++) values++;
        if (list) ber_memfree(list);
        list = NULL;
    }
    if (ber) ber_free(ber, 0);
    LDAPControl **controls = NULL;
    ldap_get_entry_controls(ld, message, &controls);
    if (controls) ldap_controls_free(controls);
}

static void search(LDAP *ld, const char *base, const char *filter, char **attributes) {
    struct berval *value = NULL;
    BerElement *ber = ber_alloc_t(LBER_USE_DER);
    ber_printf(ber, "{e}", LDAP_SYNC_REFRESH_ONLY);
    ber_flatten(ber, &value);
    ber_free(ber, 1);
    LDAPControl sync = {LDAP_CONTROL_SYNC, *value, 1}, *controls[] = {&sync, NULL};
    int id, done = 0;
    must("search", ldap_search_ext(ld, base, LDAP_SCOPE_SUBTREE, filter, attributes, 0, controls, NULL, NULL, 0, &id));
    ber_bvfree(value);
    while (!done) {
        LDAPMessage *result = NULL;
        int kind = ldap_result(ld, id, LDAP_MSG_ONE, NULL, &result), code = LDAP_SUCCESS;
        if (kind <= 0) must("result", LDAP_SERVER_DOWN);
        if (kind == LDAP_RES_SEARCH_ENTRY) take(ld, result);
        if (kind == LDAP_RES_SEARCH_RESULT) {
            must("parse", ldap_parse_result(ld, result, &code, NULL, NULL, NULL, NULL, 0));
            must("search", code);
            done = 1;
        }
        ldap_msgfree(result);
    }
}

int main(int count, char **words) {
    if (count < 6) return 2;
    char password[256] = "", *all[] = {"*", "entryUUID", "entryCSN", "createTimestamp", "modifyTimestamp", NULL};
    char **attributes = all;
    int last = 5, version = LDAP_VERSION3;
    FILE *file = fopen(words[3], "r");
    if (!file || !fgets(password, sizeof password, file)) return 2;
    fclose(file);
    password[strcspn(password, "\n")] = 0;
    while (last < count && strcmp(words[last], "--")) last++;
    if (last < count) attributes = words + last + 1;

    LDAP *ld;
    must("initialize", ldap_initialize(&ld, words[1]));
    ldap_set_option(ld, LDAP_OPT_PROTOCOL_VERSION, &version);
    struct berval credentials = {strlen(password), password};
    must("bind", ldap_sasl_bind_s(ld, words[2], LDAP_SASL_SIMPLE, &credentials, NULL, NULL, NULL));
    for (int i = 5; i < last; i++) search(ld, words[i], words[4], attributes);
    ldap_unbind_ext(ld, NULL, NULL);
    printf("%lu entries, %lu values\n", entries, values);
    return 0;
}
