import Audit
import Identity
import SelfService

extension VaultRule {
    private static let person = VaultScene.person(1)
    private static let account = VaultScene.person(9)
    private static let followers = ["ad", "hr"].map {
        LinkedWrite(directory: $0, account: account, before: VaultScene.marker)
    }

    static let linkedWrites: [VaultRule] = [
        VaultRule("intents for linked directories stand with the one that they follow, in order") { scene in
            let leader = try unwrap(
                try await scene.begin(of: person, in: nil, followers: followers),
                "the write begins"
            )
            let standing = try await scene.store.unresolvedWrites()
            try expect(standing.map(\.link?.directory) == [nil, "ad", "hr"], "all three stand: \(standing)")
            let links = standing.compactMap(\.link)
            try expect(links.allSatisfy { $0.leader == leader.id && $0.account == account }, "with what they are about")
            try expect(Array(standing.dropFirst()) == leader.followers, "and as they were given")
            try expect(standing.allSatisfy { $0.person == person }, "all are the person's")
        },
        VaultRule("a refusal ends what was to follow, and an unknown outcome does not") { scene in
            let leader = try unwrap(
                try await scene.begin(of: person, in: nil, followers: followers),
                "the write begins"
            )
            try await scene.finish(leader, .unknown)
            try expect(try await scene.store.unresolvedWrites().count == 3, "nobody knows yet")
            try await scene.finish(leader, .refused, reason: .passwordInHistory)
            try expect(try await scene.store.unresolvedWrites().isEmpty, "nothing follows")
            let records = try await scene.passwordsWritten().filter { $0.details["directory"] != nil }
            try expect(records.map(\.details["directory"]) == ["ad", "hr"], "each has its record: \(records)")
            try expect(records.allSatisfy { $0.result == .refused && $0.details["reason"] == "not-attempted" }, "why")
        },
        VaultRule("a session is settled by the first directory, and those that follow end nothing") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.proven(person, method).session
            let leader = try unwrap(try await scene.begin(of: person, in: session, followers: followers), "it begins")
            try await scene.finish(leader, .applied)
            let later = try await scene.signIn(.person(person))
            try await scene.finish(leader.followers[0], .applied)
            try await scene.finish(leader.followers[1], .refused, reason: .passwordInHistory)
            let found = try await scene.store.session(token: later.token, frontend: VaultScene.frontend)
            try expect(found != nil, "who signed in with the new password stays signed in")
            try expect(try await scene.store.unresolvedWrites().isEmpty, "all have their outcome")
            try expect(try await scene.begin(of: person, in: session) == nil, "the session is spent")
        },
        VaultRule("a password that a linked directory kept is told, once the first has taken it") { scene in
            _ = try await scene.verified("a@x.org", of: person)
            let refused = try unwrap(try await scene.begin(of: person, in: nil, followers: followers), "one begins")
            try await scene.finish(refused, .refused, reason: .passwordInHistory)
            try expect(try await scene.kept() == [], "nothing was changed anywhere")
            let applied = try unwrap(try await scene.begin(of: person, in: nil, followers: followers), "another begins")
            try await scene.finish(applied, .applied, closed: ["nobody": .accountNotFound, "old": .accountDisabled])
            try await scene.finish(applied.followers[0], .applied)
            try await scene.finish(applied.followers[1], .refused, reason: .notAttempted)
            try expect(try await scene.kept() == ["old", "hr"], "\(try await scene.kept())")
            let unlock = try unwrap(
                try await scene.begin(.unlock, of: person, in: nil, followers: followers),
                "a third"
            )
            try await scene.finish(unlock, .applied)
            try await scene.finish(unlock.followers[0], .refused, reason: .accountDisabled)
            try expect(try await scene.kept() == ["old", "hr"], "an unlock changes no password")
        },
    ]
}

extension VaultScene {
    fileprivate func passwordsWritten() async throws -> [AuditEvent] {
        try await store.auditRecords(after: 0, limit: 1000).map(\.event).filter { $0.action == .passwordWritten }
    }

    /// The directories of which the person is told that they kept their password.
    fileprivate func kept() async throws -> [String] {
        try await store.dueMessages(limit: 100).map(\.message).compactMap(\.content)
            .filter { $0.topic == .passwordKept }.compactMap(\.text)
    }
}
