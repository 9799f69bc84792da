package import LDAPClient

/// Which server answers. Products differ in how they can be followed, and in how they lock and refuse.
package enum DirectoryProduct: String, Sendable, CaseIterable {
    case openLDAP = "openldap"
    case directoryServer389 = "389ds"
    /// Microsoft's, and Samba as a domain controller.
    case activeDirectory = "active-directory"
    /// Any other server of RFC 4511.
    case other

    /// What the root DSE says. Each mark is one that the product has always borne.
    package init(_ root: RootDSE) {
        if root.objectClasses.contains(where: { $0.lowercased() == "openldaprootdse" }) {
            self = .openLDAP
        } else if root.supportedCapabilities.contains(Self.activeDirectoryCapability) {
            self = .activeDirectory
        } else if root.vendorVersion?.hasPrefix("389-Directory") == true || root.vendorName == "389 Project" {
            self = .directoryServer389
        } else {
            self = .other
        }
    }

    /// LDAP_CAP_ACTIVE_DIRECTORY_OID (MS-ADTS, 3.1.1.3.4.3).
    private static let activeDirectoryCapability = "1.2.840.113556.1.4.800"

    /// For people.
    package var title: String {
        switch self {
        case .openLDAP: "OpenLDAP"
        case .directoryServer389: "389 Directory Server"
        case .activeDirectory: "Active Directory"
        case .other: "an LDAP server of unknown make"
        }
    }
}
