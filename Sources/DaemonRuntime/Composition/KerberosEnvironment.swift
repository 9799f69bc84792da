import Glibc

/// The Kerberos library takes its keys from where the environment says (kerberos(7)).
enum KerberosEnvironment {
    /// To be called before any thread could read the environment. Tickets are kept in memory: the daemon's user has
    /// no other cache, and another one's would be another identity.
    static func use(keytab: String) {
        unsafe setenv("KRB5_CLIENT_KTNAME", "FILE:\(keytab)", 1)
        unsafe setenv("KRB5CCNAME", "MEMORY:latchkey", 1)
    }
}
