import Foundation
import LatchkeyTesting
import LocalAPI

/// People and roles as somebody sees them: the directory itself, or the daemon's mirror.
struct DirectoryPicture: Sendable, Equatable {
    /// A line for each, by id.
    var people: [String: String] = [:]
    var roles: [String: String] = [:]

    private static func person(
        dn: String,
        login: String,
        mail: String?,
        state: String,
        roles: [String]
    ) -> String {
        "\(login) \(dn.lowercased()) \(mail ?? "-") \(state) \(roles.sorted())"
    }

    private static func role(dn: String, name: String, members: Int) -> String {
        "\(name) \(dn.lowercased()) \(members) members"
    }

    var size: String { "\(people.count) people, \(roles.count) roles" }

    /// Where the two differ, a line for each entry.
    func differences(_ mirror: DirectoryPicture) -> [String] {
        [(people, mirror.people), (roles, mirror.roles)].flatMap { directory, mirror in
            Set(directory.keys).union(mirror.keys).filter { directory[$0] != mirror[$0] }.sorted().map { id in
                "\(id): directory \(directory[id] ?? "nobody"), mirror \(mirror[id] ?? "nobody")"
            }
        }
    }

    func holdsMore(than other: DirectoryPicture) -> Bool {
        Set(other.people.keys).isSubset(of: people.keys) && Set(other.roles.keys).isSubset(of: roles.keys)
            && (people.count > other.people.count || roles.count > other.roles.count)
    }

    // MARK: The mirror

    init(_ daemon: DaemonFixture) async throws {
        let users = try await daemon.document(ListDocument<UserDocument>.self, "users", "list", "--limit", "1000").items
        for user in users {
            people[user.id] = Self.person(
                dn: user.dn,
                login: user.login,
                mail: user.email,
                state: user.account.state,
                roles: user.roles
            )
        }
        let groups = try await daemon.document(ListDocument<RoleDocument>.self, "roles", "list").items
        for group in groups {
            roles[group.id] = Self.role(dn: group.dn, name: group.name, members: group.members)
        }
    }

    // MARK: The directory

    /// Reads everything with plain searches and works the closure out the long way.
    init(_ directory: any CampaignDirectory) async throws {
        let dialect = directory.dialect
        let users = try await directory.search(
            "(objectClass=\(dialect.personClass))",
            ["mail", dialect.login, dialect.id, dialect.shut.attribute],
            base: dialect.people
        )
        let groups = try await directory.search(
            "(objectClass=\(dialect.groupClass))",
            ["cn", dialect.id, "member"],
            base: dialect.groups
        )
        let closure = Closure(groups)
        var holders: [String: Int] = [:]
        for user in users {
            let dn = user.dn
            let held = closure.groups(of: dn)
            for group in held { holders[group, default: 0] += 1 }
            people[user.id(dialect)] = Self.person(
                dn: dn,
                login: user.first(dialect.login) ?? "",
                mail: user.first("mail"),
                state: user.first(dialect.shut.attribute) == dialect.shut.value ? dialect.shutState : "active",
                roles: held.compactMap { closure.names[$0] }
            )
        }
        for group in groups {
            roles[group.id(dialect)] = Self.role(
                dn: group.dn,
                name: group.first("cn") ?? "",
                members: holders[group.dn.lowercased()] ?? 0
            )
        }
    }
}

/// Who is in which groups, through groups.
private struct Closure {
    /// Names by DN, and members by DN, all in lower case.
    var names: [String: String] = [:]
    private var parents: [String: Set<String>] = [:]

    init(_ groups: [[String: [String]]]) {
        for group in groups {
            let dn = group.dn.lowercased()
            names[dn] = group.first("cn")
            for member in group.values("member") { parents[member.lowercased(), default: []].insert(dn) }
        }
    }

    func groups(of dn: String) -> Set<String> {
        var found: Set<String> = []
        var next = [dn.lowercased()]
        while let name = next.popLast() {
            for parent in parents[name] ?? [] where found.insert(parent).inserted { next.append(parent) }
        }
        return found
    }
}

extension [String: [String]] {
    var dn: String { self["dn"]?.first ?? "" }

    /// Attribute names come as the server writes them.
    func values(_ name: String) -> [String] {
        first { $0.key.lowercased() == name.lowercased() }?.value ?? []
    }

    func first(_ name: String) -> String? { values(name).first }

    /// An objectGUID's first three fields are stored with the lowest byte first (MS-DTYP, 2.3.4.2).
    private static let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]

    /// As the API writes ids.
    func id(_ dialect: CampaignDialect) -> String {
        let text = first(dialect.id) ?? ""
        let digits =
            if text.count == 24, let bytes = Data(base64Encoded: text) {
                Self.order.map { String(bytes[$0] >> 4, radix: 16) + String(bytes[$0] & 15, radix: 16) }.joined()
            } else {
                text.lowercased().filter(\.isHexDigit)
            }
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        guard digits.count == 32 else { return text }
        let characters = Array(digits)
        return groups.map { String(characters[$0]) }.joined(separator: "-")
    }
}
