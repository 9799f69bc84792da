import DirectoryServers
import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

/// What a server answers that would remove people if it were believed, and the sentence that `status` has for it.
@Suite("An answer that is not everything")
struct IncompleteAnswerTests {
    private static let advice =
        "; check the server, the base, the filter and the access rules, look at `latchkeyctl quarantine show 1`, "
        + "then release or refuse them"

    // MARK: The server says that it is not everything

    /// Everybody is in the mirror; then the fault; then a full sync. Nobody goes, and status says one of these.
    private func expect(
        _ sentences: String...,
        of server: FaultyServer,
        holding count: Int,
        _ fault: () async throws -> Void
    ) async throws {
        try await server.follow { (follower) async throws in
            try await follower.live()
            #expect(try await follower.people() == count)
            let generation = follower.mirror.generation
            try await fault()
            let run = try await follower.readAgain()
            #expect(run.phase == .failed)
            let sentence = try #require(run.problem)
            #expect(sentences.contains(sentence), "\(sentence)")
            let status = await follower.engine.status()
            #expect(status.state == .failed)
            #expect(status.problem == sentence)
            #expect(follower.warnings.all == [sentence])
            #expect(try await follower.people() == count)
            #expect(follower.mirror.generation == generation)
        }
    }

    @Test("failure mode 2: a time limit after 100 of 205 people removes nobody, and status says which limit to raise")
    func timeLimit() async throws {
        try await withFaultyServer(FaultyServer.options(people: 200)) { server in
            let sentence =
                "\(server.proxy.uri): not everything was read, so the mirror stays as it was: "
                + "sync: timeLimitExceeded (3); raise the server's time limit for this bind DN "
                + "(slapd: `limits … time=unlimited`; 389-ds: nsTimeLimit)"
            try await expect(sentence, of: server, holding: 205) {
                server.proxy.inject(.ends(FaultyServer.people, with: 3, after: 100))
            }
        }
    }

    @Test("failure mode 3: a size limit of 500 among 1,000 people removes nobody, and status says which limit to raise")
    func sizeLimit() async throws {
        try await withFaultyServer(FaultyServer.options(people: 995)) { server in
            let slapd = server.slapd
            let sentence =
                "\(server.proxy.uri): not everything was read, so the mirror stays as it was: "
                + "sync: sizeLimitExceeded (4); raise the server's size limit for this bind DN "
                + "(slapd: `limits … size=unlimited`; 389-ds: nsSizeLimit)"
            try await expect(sentence, of: server, holding: 1000) {
                try await slapd.modify(
                    "dn: olcDatabase={1}mdb,cn=config\nchangetype: modify\nreplace: olcLimits\n"
                        + "olcLimits: dn.exact=\"\(slapd.service)\" size.soft=500 size.hard=500\n"
                )
            }
        }
    }

    @Test("failure mode 1: a connection that breaks after 100 of 205 people removes nobody")
    func broken() async throws {
        try await withFaultyServer(FaultyServer.options(people: 200)) { server in
            // Whichever of those under way is told first: the content's searches or a probe.
            let sentences = ["sync", "search"].map {
                "\(server.proxy.uri): \($0): the connection broke; "
                    + "check that the server runs and that host and port are right"
            }
            try await expect(sentences[0], sentences[1], of: server, holding: 205) {
                server.proxy.inject(.cuts(FaultyServer.people, after: 100))
            }
        }
    }

    @Test("failure mode 4: a base that may not be seen any more removes nobody, and status says what to check")
    func hiddenBase() async throws {
        try await withFaultyServer { server in
            let slapd = server.slapd
            let sentence =
                "\(server.proxy.uri): not everything was read, so the mirror stays as it was: "
                + "search: noSuchObject (32); the base does not exist, or this bind DN may not see it: "
                + "check the base and the access rules"
            try await expect(sentence, of: server, holding: 5) {
                try await slapd.hide("ou=people,\(slapd.suffix)")
            }
        }
    }

    // MARK: The server calls it a success

    /// Everybody is in the mirror; then the fault; then a full sync. It succeeds, nobody goes, and status says this.
    private func expectHeld(
        _ sentence: String,
        of server: FaultyServer,
        holding count: Int,
        _ fault: () async throws -> Void
    ) async throws {
        try await server.follow { (follower) async throws in
            try await follower.live()
            #expect(try await follower.people() == count)
            try await fault()
            let run = try await follower.readAgain()
            #expect(run.phase == .finished)
            let status = await follower.engine.status()
            #expect(status.state == .held)
            #expect(status.problem == sentence + Self.advice)
            #expect(follower.warnings.all == [sentence + Self.advice])
            #expect(try await follower.people() == count)
            #expect(await follower.engine.freshness().state == .live)
        }
    }

    @Test("failure mode 4: an empty answer that is called a success removes nobody")
    func empty() async throws {
        try await withFaultyServer { server in
            try await expectHeld(
                "5 removals are held in quarantine: the directory shows none of the 5 users that the mirror holds",
                of: server,
                holding: 5
            ) { server.proxy.inject(.hides(FaultyServer.people)) }
        }
    }

    @Test("failure mode 4: a subtree that may not be read any more removes nobody, and status says where they stand")
    func unreadable() async throws {
        let options = SlapdOptions.with { options in
            let staff = (0..<60).map { SlapdContent.person("p\($0)", below: options.suffix) }.joined(separator: "\n")
                .replacingOccurrences(of: "ou=people", with: "ou=staff,ou=people")
            options.content =
                SlapdContent.people(below: options.suffix, passwordHash: "{SSHA}x")
                + "\ndn: ou=staff,ou=people,\(options.suffix)\nobjectClass: organizationalUnit\n\n" + staff
        }
        try await withFaultyServer(options) { server in
            let unit = "ou=staff,ou=people,\(server.slapd.suffix)"
            try await expectHeld(
                "60 removals are held in quarantine: 60 of 65 users, all below \(unit), would go within an hour, "
                    + "more than sync.holdRemovals allows",
                of: server,
                holding: 65
            ) { try await server.slapd.hide(unit) }
        }
    }

    @Test(
        "failure mode 4: a filter that is wrong removes nobody, on every product",
        arguments: ProductUnderTest.allCases
    )
    func wrongFilter(product: ProductUnderTest) async throws {
        try await product.run { directory in
            let folder = try directory.mirrorFolder()
            _ = try await directory.followed(in: folder) { $0.mirror.generation }
            var settings = try directory.settings
            settings.users.filter = try Filter("(objectClass=locality)")
            try await withFollower(settings, folder: folder, rhythm: directory.rhythm) { (follower) async throws in
                try await follower.held()
                #expect(try await follower.logins() == ["alice", "bob", "carol", "dave", "erin"])
                #expect(
                    await follower.engine.status().problem
                        == "5 removals are held in quarantine: the directory shows none of the 5 users that the mirror "
                        + "holds" + Self.advice
                )
            }
        }
    }

    @Test(
        "failure mode 4: a base without anybody removes nobody, on every product",
        arguments: ProductUnderTest.allCases
    )
    func wrongBase(product: ProductUnderTest) async throws {
        try await product.run { directory in
            let folder = try directory.mirrorFolder()
            _ = try await directory.followed(in: folder) { $0.mirror.generation }
            var settings = try directory.settings
            settings.users.base = try #require(settings.roles?.base)
            try await withFollower(settings, folder: folder, rhythm: directory.rhythm) { (follower) async throws in
                try await follower.held()
                #expect(try await follower.people() == 5)
            }
        }
    }
}

extension SlapdFixture {
    /// From now on nobody but the administrator may see the subtree.
    func hide(_ dn: String) async throws {
        try await modify(
            "dn: olcDatabase={1}mdb,cn=config\nchangetype: modify\nadd: olcAccess\n"
                + "olcAccess: {0}to dn.subtree=\"\(dn)\" by * none\n"
        )
    }
}
