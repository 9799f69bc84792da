/// What a server says about itself (RFC 4512, 5.1).
package struct RootDSE: Sendable, Equatable {
    package var supportedControls: Set<String>
    package var supportedExtensions: Set<String>
    package var supportedSASLMechanisms: [String]
    package var namingContexts: [String]
    package var vendorName: String?
    package var vendorVersion: String?
    /// The object class of slapd's root DSE is its only mark.
    package var objectClasses: [String]
    /// Active Directory's capabilities (MS-ADTS, 3.1.1.3.4.3); empty elsewhere.
    package var supportedCapabilities: Set<String>
    /// The root of the domain's partition, where there is one such (MS-ADTS, 3.1.1.3.2.2).
    package var defaultNamingContext: String?

    /// Content sync (RFC 4533).
    package var supportsContentSync: Bool { supportedControls.contains(SyncControls.request) }
    /// DirSync (MS-ADTS, 3.1.1.3.4.1.3).
    package var supportsDirSync: Bool { supportedControls.contains(DirSyncControl.oid) }
    /// Password modify (RFC 3062).
    package var supportsPasswordModify: Bool { supportedExtensions.contains("1.3.6.1.4.1.4203.1.11.1") }
    /// The password policy control.
    package var supportsPasswordPolicy: Bool { supportedControls.contains(PasswordPolicyResponse.oid) }

    init(_ entry: SearchEntry) {
        supportedControls = Set(entry.strings("supportedControl"))
        supportedExtensions = Set(entry.strings("supportedExtension"))
        supportedSASLMechanisms = entry.strings("supportedSASLMechanisms")
        namingContexts = entry.strings("namingContexts")
        vendorName = entry.string("vendorName")
        vendorVersion = entry.string("vendorVersion")
        objectClasses = entry.strings("objectClass")
        supportedCapabilities = Set(entry.strings("supportedCapabilities"))
        defaultNamingContext = entry.string("defaultNamingContext")
    }
}

extension LDAPConnection {
    /// Also a probe: a server that answers it is alive.
    package func rootDSE(deadline: Duration = usualDeadline) async throws(LDAPError) -> RootDSE {
        let entry = try await entry(.root, attributes: ["*", "+"], deadline: deadline)
        guard let entry else {
            throw LDAPError(.noSuchObject, operation: "root DSE", server: server.uri)
        }
        return RootDSE(entry)
    }
}
