#ifndef LATCHKEY_CLDAP_SHIM_H
#define LATCHKEY_CLDAP_SHIM_H

#include <ldap.h>
#include <lber.h>

#endif
