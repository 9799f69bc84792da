import LDAPClient
import Synchronizer

/// What the root DSE says about the retro changelog, from which 389 Directory Server answers a cookie.
///
/// The server takes any number in a cookie for good, also one whose changes were trimmed away or that a restored
/// backup never reached: deletions would be lost without an error. So we look ourselves.
struct RetroChangelog: Sendable, Equatable {
    /// 0 while it is empty.
    var first: Int
    var last: Int

    /// Nil where the server tells no numbers.
    static func read(on connection: LDAPConnection) async throws(LDAPError) -> RetroChangelog? {
        let names = [DirectoryServer389Attributes.firstChange, DirectoryServer389Attributes.lastChange]
        let entry = try await connection.entry(.root, attributes: names)
        guard let first = entry?.string(names[0]).flatMap({ Int($0) }),
            let last = entry?.string(names[1]).flatMap({ Int($0) })
        else { return nil }
        return RetroChangelog(first: first, last: last)
    }

    /// Why its changes since the cookie cannot be trusted to be complete. Without `targetUniqueId` in them the
    /// server answers a cookie with nothing at all, and calls it a success.
    func doubt(about cookie: DirectoryServer389Cookie, on connection: LDAPConnection) async throws -> String? {
        guard cookie.changeNumber < last else { return nil }
        for number in Set([max(cookie.changeNumber + 1, first), last]) {
            let dn = try DistinguishedName("changeNumber=\(number),cn=changelog")
            guard let entry = try await connection.entry(dn, attributes: ["changeNumber", Self.target]) else {
                return "the service account may not read cn=changelog, where it could see whether changes are complete"
            }
            guard entry.has(Self.target) else {
                return "the changelog lacks targetUniqueId: add nsslapd-attribute: nsuniqueid:targetUniqueId to "
                    + "cn=Retro Changelog Plugin,cn=plugins,cn=config and restart the server"
            }
        }
        return nil
    }

    private static let target: AttributeName = "targetUniqueId"

    /// Why the server cannot go on from the cookie; nil where it can.
    func objection(to cookie: DirectoryServer389Cookie?) -> String? {
        guard let number = cookie?.changeNumber else { return "the stored cookie is none of this server's" }
        if number > last {
            return "the server's changes end at number \(last) and ours at \(number): it was restored from a backup"
        }
        if first > number + 1 {
            return "the server's changelog begins at number \(first) and ours ends at \(number): it was trimmed"
        }
        return nil
    }
}
