extension LDAPConnection {
    /// LDAP_SERVER_SD_FLAGS_OID (MS-ADTS, 3.1.1.3.4.1.11).
    private static let descriptorFlags = "1.2.840.113556.1.4.801"
    /// DACL_SECURITY_INFORMATION: without it an account that is no administrator gets nothing at all.
    private static let accessList = 4

    /// The access rules of an entry of Active Directory (`nTSecurityDescriptor`, MS-DTYP, 2.4.6).
    ///
    /// - Returns: nil where it does not exist or may not be read.
    package func securityDescriptor(of dn: DistinguishedName) async throws(LDAPError) -> [UInt8]? {
        var writer = BERWriter()
        writer.constructed { $0.integer(Self.accessList) }
        let attribute: AttributeName = "nTSecurityDescriptor"
        var search = try await ControlledSearch(
            self,
            SearchRequest(base: dn, scope: .base, attributes: [attribute]),
            [RequestControl(oid: Self.descriptorFlags, isCritical: true, value: writer.bytes)],
            operation: "search",
            deadline: Self.usualDeadline
        )
        var found: [UInt8]?
        while let entries = try await search.next() {
            found = entries.compactMap { $0.octets(attribute).first }.first ?? found
        }
        return found
    }
}
