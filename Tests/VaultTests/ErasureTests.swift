import Audit
import Foundation
import GRDB
import Identity
import LatchkeyTesting
import SelfService
import Testing

@testable import Vault

@Suite("One person's data")
struct ErasureTests {
    private let place: TemporaryPlace
    private let vault: VaultDatabase
    private let scene: VaultScene
    private let alice = VaultScene.person(1)
    private let bob = VaultScene.person(2)

    init() throws {
        place = try TemporaryPlace()
        let clock = ManualClock()
        vault = try VaultDatabase(path: place.vault, key: .test(1), clock: clock)
        scene = VaultScene(store: vault, clock: clock)
    }

    @Test("an export has all that is kept of the person, and nobody else's; it is audited with its reason")
    func export() async throws {
        let mail = try await scene.verified("alice@x.org", of: alice)
        _ = try await scene.verified("bob@x.org", of: bob)
        let reset = try await scene.proven(alice, mail)
        _ = try await scene.opened(mail, in: try await scene.reset(.person(alice)).session)
        let intent = try #require(try await scene.begin(of: alice, in: reset.session))
        let export = try await vault.export(alice, reason: "asked by letter", by: .administrator(uid: 7))
        let registration = try await vault.registration(of: alice)
        #expect(export.registration == registration)
        #expect(export.sessions.map(\.startedFor) == ["reset", "reset"] && export.sessions[1].frontend == "portal")
        #expect(Set(export.messages.map(\.to)) == ["alice@x.org"] && export.messages.count == 3)
        #expect(export.writes.map(\.state) == ["pending"] && export.writes[0].kind == intent.kind.rawValue)
        #expect(export.counters["message", default: 0] > 0)
        #expect(export.audit.allSatisfy { $0.event.subject == alice } && export.audit.count > 5)
        #expect(export.audit.last?.event.action == .personExported)
        #expect(export.audit.last?.event.details == ["why": "asked by letter"])
        let nobody = try await vault.export(VaultScene.person(9), reason: "test", by: .daemon)
        #expect(nobody.registration.methods.isEmpty && nobody.sessions.isEmpty && nobody.audit.count == 1)
    }

    @Test("an erasure leaves nothing of the person, and the audit whole without them")
    func erase() async throws {
        let mail = try await scene.verified("alice@x.org", of: alice)
        let bobs = try await scene.verified("bob@x.org", of: bob)
        let reset = try await scene.proven(alice, mail)
        _ = try await scene.opened(mail, in: try await scene.reset(.person(alice)).session)
        let before = try await vault.auditRecords(after: 0, limit: 1000)
        let report = try await vault.erase(alice, reason: "asked by letter", by: .administrator(uid: 7))
        #expect(report == ErasureReport(methods: 1, hadAuditRecords: true))
        #expect(try await vault.registration(of: alice).methods.isEmpty)
        #expect(try await vault.session(token: reset.token, frontend: VaultScene.frontend) == nil)
        let records = try await vault.auditRecords(after: 0, limit: 1000)
        #expect(try await vault.verifyAudit().isIntact && records.count == before.count + 1)
        #expect(!records.contains { $0.event.subject == alice })
        for (was, now) in zip(before, records) where was.event.subject == alice {
            #expect(now.event.details == ["person": "erased"] && now.event.action == was.event.action)
            #expect(now.time == was.time && now.event.actor == was.event.actor)
        }
        #expect(records.contains { $0.event.subject == bob })
        #expect(
            records.last?.event
                == AuditEvent(.personErased, .done, by: .administrator(uid: 7), details: ["why": "asked by letter"])
        )
        let others = try await vault.registration(of: bob).methods
        #expect(others.map(\.id) == [bobs.id] && others.map(\.state) == [.verified])
        #expect(
            try await vault.erase(alice, reason: "again", by: .daemon)
                == ErasureReport(methods: 0, hadAuditRecords: false)
        )
    }

    @Test("the person's id stands nowhere in the files afterwards, in no form")
    func gone() async throws {
        let mail = try await scene.verified("alice@x.org", of: alice)
        _ = try await scene.proven(alice, mail)
        #expect(try holdsID(of: alice), "the search finds it before")
        _ = try await vault.erase(alice, reason: "asked by letter", by: .daemon)
        #expect(try !holdsID(of: alice))
        try vault.close()
        #expect(try !holdsID(of: alice))
    }

    private func holdsID(of person: EntryID) throws -> Bool {
        let forms = [
            Data(person.bytes), Data(person.description.utf8), Data(Hexadecimal.text(person.bytes).utf8),
            Data(Data(person.bytes).base64EncodedString().prefix(20).utf8),
        ]
        return try FileManager.default.contentsOfDirectory(atPath: place.directory).contains { name in
            let content = try Data(contentsOf: URL(fileURLWithPath: place.directory + "/" + name))
            return forms.contains { content.range(of: $0) != nil }
        }
    }

    @Test("nobody is erased while a write to their entry has no outcome")
    func underWay() async throws {
        let mail = try await scene.verified("alice@x.org", of: alice)
        let reset = try await scene.proven(alice, mail)
        let intent = try #require(try await scene.begin(of: alice, in: reset.session))
        #expect(try await vault.erase(alice, reason: "asked by letter", by: .daemon) == nil)
        #expect(try await vault.registration(of: alice).methods.count == 1)
        try await scene.finish(intent, .applied)
        #expect(try await vault.erase(alice, reason: "asked by letter", by: .daemon) != nil)
    }

    @Test("the audit names nobody in clear, and a key moved to another person opens nothing")
    func sealedAudit() async throws {
        _ = try await scene.verified("alice@x.org", of: alice)
        _ = try await scene.verified("bob@x.org", of: bob)
        let payloads = try place.read("SELECT payload FROM audit") { $0["payload"] as Data }
        #expect(payloads.allSatisfy { $0.range(of: Data(alice.description.utf8)) == nil } && payloads.count > 4)
        try place.tamper("UPDATE person_key SET sealed = (SELECT sealed FROM person_key WHERE id = 1) WHERE id = 2")
        let error = await #expect(throws: VaultError.self) { try await vault.auditRecords(after: 0, limit: 100) }
        #expect(error?.code == .tampered && error?.place.hasPrefix("person_key.sealed") == true)
    }

    @Test("a torn, forged or foreign line of the journal erases nobody")
    func journalLines() async throws {
        _ = try await scene.verified("alice@x.org", of: alice)
        let mark = Erasure.mark(of: alice, vault.keys)
        let path = place.directory + "/" + ErasureFile.name
        let good = ErasureFile(beside: place.vault, keys: vault.keys, database: [1, 2, 3])
        try good.append([Erasure(what: .person, value: mark, time: Milliseconds(count: 5))])
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("person \(Hexadecimal.text(Array(mark))) 7 00ff\nperson ab\n\u{0}\n".utf8))
        try handle.close()
        try vault.close()
        let again = try VaultDatabase(path: place.vault, key: .test(1))
        #expect(again.notices.isEmpty)
        #expect(try await again.registration(of: alice).methods.count == 1)
    }
}
