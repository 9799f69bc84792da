import DirectoryServers
import Foundation
import LDAPClient
import LatchkeyTesting

extension DirectorySettings {
    /// The service account on a private Samba, over TLS.
    static func of(
        _ samba: SambaFixture,
        uri: String? = nil,
        bindAs name: String? = nil
    ) throws -> DirectorySettings {
        DirectorySettings(
            servers: [.named(try LDAPServer(uri ?? samba.uri))],
            tls: TLSOptions(certificateAuthorities: samba.authorityFile),
            credentials: .simple(
                dn: try DistinguishedName(name ?? samba.service),
                password: Array(SambaFixture.password.utf8)
            ),
            users: UserMapping(
                base: try DistinguishedName("OU=Staff,\(samba.suffix)"),
                filter: try Filter("(&(objectCategory=person)(objectClass=user))"),
                login: "sAMAccountName"
            ),
            roles: RoleMapping(
                base: try DistinguishedName("OU=Groups,\(samba.suffix)"),
                filter: try Filter("(objectClass=group)")
            )
        )
    }
}

/// A folder for a mirror, beside the Samba and gone with it.
func mirrorFolder(_ samba: SambaFixture) throws -> URL {
    let folder = samba.directory.appendingPathComponent("mirror-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
}

/// Runs the body with a Samba and a follower of it that is live.
func followingSamba(_ body: (SambaFixture, Follower) async throws -> Void) async throws {
    try await withSamba { samba in
        try await withFollower(.of(samba), folder: mirrorFolder(samba)) { (follower) async throws in
            try await follower.live()
            try await body(samba, follower)
        }
    }
}
