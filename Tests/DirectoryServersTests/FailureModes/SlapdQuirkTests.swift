import DirectoryServers
import Foundation
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

/// What slapd does that RFC 4533 allows, or does not. Each on a real one.
@Suite("The quirks of slapd")
struct SlapdQuirkTests {
    private func delete(_ login: String, _ slapd: SlapdFixture) async throws {
        try await slapd.modify("dn: \(slapd.person(login))\nchangetype: delete\n")
    }

    private func setMail(_ login: String, _ slapd: SlapdFixture) async throws {
        try await slapd.modify(
            "dn: \(slapd.person(login))\nchangetype: modify\nreplace: mail\nmail: new@example.net\n"
        )
    }

    private func cookie(_ follower: Follower) async throws -> String {
        String(decoding: try await follower.mirror.state().cookies[.users]?.bytes ?? [], as: UTF8.self)
    }

    @Test("a server that was restored from a backup: what came after the backup goes, and following goes on")
    func restored() async throws {
        try await withFaultyServer { server in
            let slapd = server.slapd
            let (data, backup) = (slapd.directory.appending(path: "db"), slapd.directory.appending(path: "backup"))
            await slapd.stop()
            try FileManager.default.copyItem(at: data, to: backup)
            try await slapd.start()
            try await slapd.add(SlapdContent.person("frank", below: slapd.suffix))
            try await server.fillMirror()
            await slapd.stop()
            try FileManager.default.removeItem(at: data)
            try FileManager.default.moveItem(at: backup, to: data)
            try await slapd.start()
            try await server.follow { (follower) async throws in
                try await eventually("frank never was") { try await follower.mirror.user(login: "frank") == nil }
                try await follower.live()
                #expect(try await follower.people() == 5)
                try await delete("bob", slapd)
                try await eventually("bob is gone") { try await follower.people() == 4 }
            }
        }
    }

    @Test("a removal that a killed slapd may have forgotten: reading everything again finds it, at the latest")
    func forgottenRemoval() async throws {
        try await withFaultyServer { server in
            try await server.fillMirror()
            try await delete("bob", server.slapd)
            await server.slapd.kill()
            try await server.slapd.start()
            try await server.follow { (follower) async throws in
                try await follower.live()
                _ = await follower.engine.requestSync(full: true, dryRun: false)
                try await eventually("bob is gone") { try await follower.mirror.user(login: "bob") == nil }
                #expect(try await follower.people() == 4)
            }
        }
    }

    @Test("changes of several servers: a change's cookie names one of them, and the others' places are kept")
    func severalProviders() async throws {
        let options = SlapdOptions.with { options in
            options.keepsContextOfContent = true
            options.content =
                SlapdContent.people(below: options.suffix, passwordHash: "{SSHA}x")
                + "\n"
                + SlapdContent.person("of1", below: options.suffix)
                .appending("entryCSN: 20260101000000.000000Z#000000#001#000000\n")
                + "\n"
                + SlapdContent.person("of2", below: options.suffix)
                .appending("entryCSN: 20260102000000.000000Z#000000#002#000000\n")
        }
        try await withFaultyServer(options) { server in
            let slapd = server.slapd
            try await server.follow { (follower) async throws in
                try await follower.live()
                let before = try await cookie(follower)
                #expect(before.contains("#001#") && before.contains("#002#"), "\(before)")
                try await setMail("alice", slapd)
                try await eventually("the change's cookie") { try await cookie(follower) != before }
                let after = try await cookie(follower)
                #expect(after.contains("#000#") && after.contains("#001#") && after.contains("#002#"), "\(after)")
            }
            try await delete("bob", slapd)
            try await server.follow { (follower) async throws in
                try await follower.live()
                #expect(try await follower.people() == 6)
                let run = follower.notices.all
                #expect(run.count == 1, "\(run)")
            }
        }
    }

    @Test("a refresh that breaks after it named the deleted: its cookie was no checkpoint, and nothing is missed")
    func interimCookie() async throws {
        try await withFaultyServer(FaultyServer.options(people: 20)) { server in
            try await server.fillMirror()
            try await delete("bob", server.slapd)
            try await setMail("carol", server.slapd)
            try await delete("dave", server.slapd)
            server.proxy.inject(LDAPFault(onAnswer: { $0.message.syncInfo == .refreshDelete ? .cut : .pass }))
            try await server.follow { (follower) async throws in
                _ = try await follower.problem()
                #expect(try await follower.people() == 25)
                server.proxy.heal()
                await follower.engine.wake()
                try await follower.live()
                #expect(try await follower.people() == 23)
                #expect(try await follower.mirror.user(login: "bob") == nil)
                #expect(try await follower.mirror.user(login: "carol")?.email == "new@example.net")
            }
        }
    }

    @Test("a change elsewhere in the database sends a cookie alone: it is kept, and makes no generation")
    func cookieAlone() async throws {
        try await withSlapd { slapd in
            try await withFollower(.of(slapd), folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                let (before, generation) = (try await cookie(follower), follower.mirror.generation)
                try await slapd.modify(
                    "dn: ou=policies,\(slapd.suffix)\nchangetype: modify\nreplace: description\ndescription: x\n"
                )
                try await eventually("a cookie") { try await cookie(follower) != before }
                #expect(follower.mirror.generation == generation)
            }
        }
    }

    @Test("a directory without anybody is followed, and who comes is there (ITS#9691)")
    func empty() async throws {
        let units = ["people", "groups"].map { "dn: ou=\($0),dc=example,dc=com\nobjectClass: organizationalUnit\n\n" }
        try await withSlapd(.with { $0.content = units.joined() }) { slapd in
            try await withFollower(.of(slapd), folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                #expect(try await follower.people() == 0)
                #expect(
                    await follower.engine.status().problem
                        == "the directory shows nobody; check the server, the base, the filter and the access rules"
                )
                try await slapd.add(SlapdContent.person("frank", below: slapd.suffix))
                try await eventually("frank") { try await follower.people() == 1 }
                #expect(await follower.engine.status().problem == nil)
            }
        }
    }

    @Test("an access rule that changes is told by nobody: reading everything again finds whom it hides and shows")
    func accessRules() async throws {
        try await withSlapd { slapd in
            try await withFollower(.of(slapd), folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                let id = try await follower.mirror.user(login: "bob")?.id
                try await slapd.hide(slapd.person("bob"))
                try await slapd.add(SlapdContent.person("frank", below: slapd.suffix))
                try await eventually("frank") { try await follower.mirror.user(login: "frank") != nil }
                #expect(try await follower.mirror.user(login: "bob") != nil)
                #expect(try await follower.readAgain().summary?.removed == 1)
                #expect(try await follower.mirror.user(login: "bob") == nil)
                try await slapd.modify(
                    "dn: olcDatabase={1}mdb,cn=config\nchangetype: modify\ndelete: olcAccess\nolcAccess: {0}\n"
                )
                #expect(try await follower.readAgain().summary?.added == 1)
                #expect(try await follower.mirror.user(login: "bob")?.id == id)
                #expect(try await follower.roles("bob") == ["all", "staff"])
            }
        }
    }

    @Test("a base that is renamed while it is followed removes nobody, and heals with its name")
    func baseRenamed() async throws {
        try await withSlapd { slapd in
            try await withFollower(.of(slapd), folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                func rename(_ old: String, _ new: String) async throws {
                    try await slapd.modify(
                        "dn: ou=\(old),\(slapd.suffix)\nchangetype: modrdn\nnewrdn: ou=\(new)\ndeleteoldrdn: 1\n"
                    )
                }
                try await rename("people", "folk")
                let problem = try await follower.problem()
                #expect(problem.hasSuffix("check the base and the access rules"), "\(problem)")
                #expect(try await follower.people() == 5)
                try await rename("folk", "people")
                await follower.engine.wake()
                try await follower.live()
                #expect(try await follower.people() == 5)
                #expect(try await follower.roles("alice") == ["all", "staff"])
            }
        }
    }
}
