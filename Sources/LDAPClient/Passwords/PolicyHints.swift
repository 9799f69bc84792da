/// The control with which a domain controller enforces history and minimum age also on a password that is reset, and
/// not only on one that its owner changes (MS-ADTS, 3.1.1.3.4.1.27).
package struct PolicyHints: Sendable, Hashable {
    let oid: String

    /// LDAP_SERVER_POLICY_HINTS_OID, and what it was called before Windows Server 2012.
    static let oids = ["1.2.840.113556.1.4.2239", "1.2.840.113556.1.4.2066"]

    /// Critical: a server that does not honour it must not take the password.
    var control: RequestControl {
        var writer = BERWriter()
        writer.constructed { $0.integer(1) }
        return RequestControl(oid: oid, isCritical: true, value: writer.bytes)
    }
}

extension RootDSE {
    /// The hints that the server understands; nil where it enforces no history on a reset.
    package var policyHints: PolicyHints? {
        PolicyHints.oids.first(where: supportedControls.contains).map(PolicyHints.init)
    }
}
