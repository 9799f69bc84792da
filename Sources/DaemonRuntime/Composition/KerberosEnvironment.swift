import Glibc

/// The Kerberos library takes its keys from where the environment says (kerberos(7)).
enum KerberosEnvironment {
    /// To be called before any thread could read the environment. Tickets are kept in memory: the daemon's user has
    /// no other cache, and another one's would be another identity.
    static func use(keytab: String) {
        let name = "FILE:\(keytab)"
        // Of another configuration with the same keytab, while threads read it.
        if let set = unsafe getenv("KRB5_CLIENT_KTNAME"), unsafe String(cString: set) == name { return }
        unsafe setenv("KRB5_CLIENT_KTNAME", name, 1)
        unsafe setenv("KRB5CCNAME", "MEMORY:latchkey", 1)
    }
}
