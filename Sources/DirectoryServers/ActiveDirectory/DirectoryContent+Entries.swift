import Foundation
import Identity
import LDAPClient
import Synchronizer

/// From entries to people and roles.
extension DirectoryContent {
    struct Fed {
        let guid: ObjectGUID
        let entry: FedEntry
    }

    /// Entries without a GUID, a login or a name are left out: nobody could name them.
    func fed(_ entries: [SearchEntry], _ scope: SyncScope) async throws -> [Fed] {
        switch scope {
        case .users: entries.compactMap(user)
        case .roles: try await roles(entries)
        }
    }

    private var reader: EntryReader { EntryReader(users: settings.users, roles: settings.roles) }

    private func user(_ entry: SearchEntry) -> Fed? {
        guard let guid = entry.objectGUID else { return nil }
        let account = ActiveDirectoryAccountState.status(entry, now: clock.now, lockoutDuration: lockoutDuration)
        return reader.user(entry, id: EntryID(guid), account: account).map { Fed(guid: guid, entry: .user($0)) }
    }

    private func roles(_ entries: [SearchEntry]) async throws -> [Fed] {
        guard let mapping = settings.roles else { return [] }
        let ranges = MemberRanges(connection: connection, member: mapping.member)
        let primary = try await PrimaryGroups(connection: connection, users: settings.users)
            .members(of: entries.compactMap(Self.identifier))
        var all: [Fed] = []
        for entry in entries {
            guard let guid = entry.objectGUID, var role = reader.role(entry, id: EntryID(guid)),
                let members = try await ranges.members(of: entry)
            else { continue }
            if mapping.namesLogins { role.logins = members } else { role.members = members.compactMap(EntryReader.key) }
            if let number = Self.identifier(entry)?.relative { role.members += primary[number] ?? [] }
            all.append(Fed(guid: guid, entry: .role(role)))
        }
        return all
    }

    private static func identifier(_ entry: SearchEntry) -> SecurityIdentifier? {
        entry.octets(ActiveDirectoryAttributes.objectSid).first.flatMap { SecurityIdentifier($0) }
    }
}
