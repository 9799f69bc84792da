import CLDAP
import Foundation

/// What libldap does once in a process: it reads its own defaults, asks the host's name services what the host is called,
/// and loads what TLS and SASL need.
package enum LDAPLibrary {
    /// Does it beside the rest of a start: ten milliseconds that the first connection would wait for.
    package static func warmUp() {
        Thread.detachNewThread { begin() }
    }

    /// Returns once it is done. Whoever comes meanwhile waits: the library does not guard its first use.
    static func begin() { begun }

    private static let begun: Void = {
        var handle: OpaquePointer?
        // ldap_initialize(3) connects to nothing.
        guard unsafe ldap_initialize(&handle, "ldap://127.0.0.1") == LDAP_SUCCESS else { return }
        unsafe ldap_unbind_ext_s(handle, nil, nil)
    }()
}
