import Audit
import Foundation
import GRDB
import LatchkeyTesting
import SelfService
import Testing

@testable import Vault

@Suite struct SecrecyTests {
    @Test("no address, number, label, code, token or text can be read in the files")
    func nothingInClear() async throws {
        let place = try TemporaryPlace()
        var scene = try place.scene()
        let person = VaultScene.person(1)
        var secrets = [
            "alice.private@example.org", "+12025550142", "my secret label", "another label", "938271", "447700",
        ]
        let mail = try await scene.add(secrets[0], label: secrets[2], to: person)
        let phone = try await scene.add(secrets[1], .mobilePhone, label: secrets[2], to: person)
        _ = try await scene.store.changeMethod(
            phone.id,
            of: person,
            label: secrets[3],
            isDefault: true,
            by: VaultScene.actor
        )
        let signIn = try await scene.signIn(.person(person))
        secrets.append(signIn.token)
        try Self.search(place, for: secrets)
        for (method, code) in [(mail, secrets[4]), (phone, secrets[5])] {
            let challenge = try await scene.opened(method, in: signIn.session, code: code)
            try Self.search(place, for: secrets + ["The code is"])
            #expect(try await scene.answer("000000", challenge, in: signIn.session) == .wrong)
            #expect(try await scene.answer(code, challenge, in: signIn.session).isPassed)
        }
        for message in try await scene.store.dueMessages(limit: 10) {
            try await scene.store.finish(message.id, delivered: true, reason: nil)
        }
        scene.clock.advance(by: scene.limits.window)
        let reset = try await scene.proven(person, phone)
        secrets += [reset.token, VaultScene.code]
        let intent = try #require(try await scene.begin(of: person, in: reset.session))
        try await scene.finish(intent, .applied)
        try Self.search(place, for: secrets + ["The code is"])
        let decoy = try await scene.reset(.decoy(VaultScene.person(8)))
        _ = try await scene.opened(VaultScene.decoyMethod(), in: decoy.session)
        try Self.search(
            place,
            for: secrets + [decoy.token, "nobody@invalid.example", "isDecoy"]
        )
        scene = try place.scene(scene.clock)
        #expect(try await scene.store.registration(of: person).methods.map(\.value).sorted() == secrets[0...1].sorted())
    }

    @Test("the search finds what stands there in clear")
    func searchWorks() throws {
        let place = try TemporaryPlace()
        try place.tamper("CREATE TABLE clear (value TEXT)")
        try place.tamper("INSERT INTO clear VALUES ('alice.private@example.org')")
        #expect(throws: (any Error).self) { try Self.search(place, for: ["alice.private@example.org"]) }
    }

    @Test("an address and a number, a long and a short one, have records of one length")
    func oneLength() async throws {
        let place = try TemporaryPlace()
        let scene = try place.scene()
        _ = try await scene.add("a@x.org", to: VaultScene.person(1))
        _ = try await scene.add("+12025550142", .mobilePhone, to: VaultScene.person(1))
        _ = try await scene.add("alexandra.elizabeth@department.example.org", to: VaultScene.person(1))
        let lengths = try place.read("SELECT length(sealed) AS n FROM method") { $0["n"] as Int }
        #expect(lengths.count == 3 && Set(lengths).count == 1)
    }

    @Test("errors carry no private value")
    func errors() async throws {
        let place = try TemporaryPlace()
        let scene = try place.scene()
        let person = VaultScene.person(1)
        _ = try await scene.add("alice.private@example.org", label: "my secret label", to: person)
        try place.tamper("ALTER TABLE method RENAME COLUMN sealed TO gone")
        let error = try await #require(throws: VaultError.self) {
            _ = try await scene.add("bob.private@example.org", label: "other label", to: person)
        }
        #expect(error.code == .unavailable)
        #expect(!"\(error)".contains("private") && !"\(error)".contains("label"))
    }

    @Test("nor in a backup, the journal of erasures, or what a rotation, an erasure and a restore leave")
    func nothingInBackups() async throws {
        let place = try TemporaryPlace()
        let clock = ManualClock()
        let vault = try VaultDatabase(path: place.vault, key: .test(1), clock: clock)
        let scene = VaultScene(store: vault, clock: clock)
        let secrets = ["alice.private@example.org", "my secret label", VaultScene.code, "The code is"]
        let person = VaultScene.person(1)
        let hashing = ScryptHashing(.fast)
        let verifier = try await hashing.verifier(of: "the name of my first pet")
        let mail = try await scene.add(secrets[0], label: secrets[1], to: person)
        let session = try await scene.signIn(.person(person))
        _ = try await scene.opened(mail, in: session.session)
        let all = secrets + [session.token, "the name of my first pet"]
        try Self.search(place, for: all)
        let file = try await vault.backUp(to: place.directory, by: .daemon).path
        try Self.search(place, for: all)
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)).range(of: verifier.hash) == nil)
        _ = try await vault.rotateKeys(by: .daemon)
        _ = try await vault.finishRotation()
        try Self.search(place, for: all)
        _ = try await vault.erase(person, reason: "test", by: .daemon)
        try Self.search(place, for: all)
        try vault.close()
        _ = try VaultRestore(file: file, vault: place.vault, keys: [.test(1)], clock: clock).run()
        try Self.search(place, for: all)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.directory).count >= 4)
    }

    @Test("the search finds a value in every form that it looks for", arguments: 0..<7)
    func forms(_ number: Int) throws {
        let place = try TemporaryPlace()
        let secret = "alice.private@example.org"
        let form = [Data("xy".utf8)] + Self.forms(of: secret).map { Data("x".utf8) + $0 }
        try form[number].write(to: URL(fileURLWithPath: place.directory + "/leak"))
        if number == 0 {
            try Self.search(place, for: [secret])
        } else {
            #expect(throws: (any Error).self) { try Self.search(place, for: [secret]) }
        }
    }

    /// UTF-8, UTF-16, hexadecimal, and base64 wherever it begins within other bytes.
    private static func forms(of secret: String) -> [Data] {
        let bytes = Data(secret.utf8)
        let base64 = (0..<3).map { shift in
            let text = (Data(count: shift) + bytes).base64EncodedString()
            // The first and last characters depend on what stands beside it.
            return Data(text.dropFirst(shift == 0 ? 0 : 4).dropLast(4).utf8)
        }
        let hexadecimal = bytes.map { String(format: "%02x", $0) }.joined()
        let utf16 = secret.data(using: .utf16LittleEndian)
        return ([bytes, utf16, Data(hexadecimal.utf8)] + base64).compactMap(\.self).filter { $0.count > 3 }
    }

    /// In every file of the folder.
    private static func search(_ place: TemporaryPlace, for secrets: [String]) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: place.directory) {
            let content = try Data(contentsOf: URL(fileURLWithPath: place.directory + "/" + name))
            for secret in secrets {
                for form in forms(of: secret) where content.range(of: form) != nil {
                    throw Found(secret: secret, file: name)
                }
            }
        }
    }

    private struct Found: Error {
        var secret: String
        var file: String
    }
}
