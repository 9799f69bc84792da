import LDAPClient

/// All members of a group, however many parts the server gives them in.
struct MemberRanges {
    let connection: LDAPConnection
    let member: AttributeName
    /// Members to ask for at once; `nil` for as many as the server sends.
    var partLength: Int?

    /// Parts of one group. Active Directory gives 1,500 members and more at a time.
    static let partsMax = 10_000
    /// Readings of one group that changes while it is read.
    private static let attempts = 5

    private enum Reading {
        case complete([String])
        /// The group changed between two parts.
        case changed
        case gone
    }

    /// - Returns: `nil` where the group is gone.
    func members(of entry: SearchEntry) async throws -> [String]? {
        guard let first = entry.partialStrings(member) else { return entry.strings(member) }
        guard let guid = entry.objectGUID else { return nil }
        guard first.range.first != 0 || first.range.last != nil else { return first.values }
        for _ in 0..<Self.attempts {
            switch try await read(guid) {
            case .complete(let members): return members
            case .gone: return nil
            case .changed: continue
            }
        }
        throw LDAPError(
            .limitExceeded,
            operation: "members",
            server: connection.server.uri,
            diagnostic: "\(entry.dn) changes faster than it can be read"
        )
    }

    private func read(_ guid: ObjectGUID) async throws -> Reading {
        var members: [String] = []
        var version: String?
        for _ in 0..<Self.partsMax {
            let part = try await connection.entry(
                .objectGUID(guid),
                attributes: [
                    ActiveDirectoryAttributes.changeNumber, member.range(from: members.count, count: partLength),
                ]
            )
            guard let part else { return .gone }
            let number = part.string(ActiveDirectoryAttributes.changeNumber)
            if let version, version != number { return .changed }
            version = number
            guard let (values, range) = part.partialStrings(member) else {
                return .complete(members + part.strings(member))
            }
            guard range.first == members.count, !values.isEmpty else { return .changed }
            members += values
            if range.last == nil { return .complete(members) }
        }
        return .changed
    }
}
