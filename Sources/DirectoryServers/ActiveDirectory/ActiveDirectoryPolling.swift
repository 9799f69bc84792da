import Identity
import LDAPClient
import Synchronizer

/// Follows Active Directory, Microsoft's or Samba's, with the rights of anybody: at an interval what has a change
/// number (`uSNChanged`) above the one that the same domain controller had before, and each so many questions
/// everything, since nothing else shows who is gone.
///
/// DirSync without the right to replicate (LDAP_DIRSYNC_OBJECT_SECURITY) would be no better: of deletions, and of
/// what is hidden from the account, it says nothing either.
struct ActiveDirectoryPolling: FollowingStrategy {
    static let name = "usn-polling"

    let settings: DirectorySettings
    let clock: any WallClock
    /// Of the domain's partition.
    let root: DistinguishedName
    let rhythm: PollingRhythm
    let reason: String

    var isLive: Bool { false }
    /// It does; but each question reads the groups again that it concerns.
    var rewritesGroupsSilently: Bool { false }

    func follow(
        on connection: LDAPConnection,
        from cookies: [SyncScope: SyncCookie],
        mode: FollowMode,
        deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws {
        let content = try await DirectoryContent.of(root, settings, clock, on: connection)
        var domain = PolledDomain(content: content, root: root, server: try await ServerClock(connection))
        try await domain.refresh(from: cookies, deliver)
        guard mode == .refreshAndPersist else { return }
        var question = 0
        while true {
            try await rhythm.sleep(rhythm.interval)
            question += 1
            if question.isMultiple(of: rhythm.questionsPerAudit) {
                try await domain.audit(deliver)
            } else {
                try await domain.ask(deliver)
            }
            try await deliver(.contact)
        }
    }
}
