import LDAPClient

/// Whether the service account may follow a domain by DirSync.
struct DirSyncRights: Sendable {
    /// Of the domain's partition.
    let root: DistinguishedName
    let isSamba: Bool

    private static let deadline = Duration.seconds(60)

    /// - Returns: what to grant, as a sentence; nil where nothing is missing.
    func lack(on connection: LDAPConnection) async throws -> String? {
        var lacks: [String] = []
        if try await !mayReplicate(on: connection) {
            lacks.append(
                "the service account may not follow changes; "
                    + "grant it \"Replicating Directory Changes\" on \(root.text)"
            )
        }
        if try await !seesDeleted(on: connection) { lacks.append(noSightOfDeleted) }
        return lacks.isEmpty ? nil : lacks.joined(separator: "; ")
    }

    /// No entry has no class: the answer is nothing but the permission.
    func mayReplicate(on connection: LDAPConnection) async throws(LDAPError) -> Bool {
        do throws(LDAPError) {
            var search = try await DirSyncSearch(
                on: connection,
                root: root,
                filter: .not(.present(ActiveDirectoryAttributes.objectClass)),
                attributes: [ActiveDirectoryAttributes.name],
                cookie: [],
                deadline: Self.deadline
            )
            var page = try await search.next()
            while page != nil { page = try await search.next() }
            return true
        } catch {
            guard error.code == .insufficientAccess else { throw error }
            return false
        }
    }

    /// Samba tells of a deletion only who may see the deleted entry. Whoever may not would keep everybody for ever.
    func seesDeleted(on connection: LDAPConnection) async throws -> Bool {
        guard isSamba else { return true }
        return try await connection.seesAmongDeleted(deleted)
    }

    var noSightOfDeleted: String {
        "the service account would not see deletions; grant it list and read on \(deleted.text)"
    }

    private var deleted: DistinguishedName { root.appending("CN", "Deleted Objects") }
}
