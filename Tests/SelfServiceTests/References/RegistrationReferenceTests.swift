import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing
import Vault

/// What the standards and other products' failures ask of registrations, where no other test says it.
@Suite("References that concern registration")
struct RegistrationReferenceTests {
    private static func scene(_ kinds: [MethodKind], minimum: Int = 1) throws -> ServiceScene {
        var policy = ServiceScene.oneGate
        policy.methods = kinds.map { AllowedMethod($0) }
        policy.register = .init(minimum: minimum)
        return try ServiceScene(policies: [policy])
    }

    @Test("NIST SP 800-63B-4 4.2.1.2: two addresses may be registered, and each counts once its code came back")
    func addresses() async throws {
        let scene = try Self.scene([.email])
        let token = try await scene.signIn()
        try await scene.register(.email, "one@example.net", token: token)
        let second = try await scene.add(.email, "two@example.net", token: token)
        func verified() async throws -> Int {
            try await scene.vault.registration(of: ServiceScene.alice.id).methods.count { $0.state == .verified }
        }
        #expect(try await verified() == 1)
        try await scene.prove(second.method.method.id, token: token)
        #expect(try await verified() == 2)
    }

    @Test("NIST SP 800-63B-4 3.1.3.2, ASVS 6.5.4: a code has six digits of the system's generator")
    func codes() {
        let source = CodeSource()
        let codes = (0..<3000).map { _ in source.next() }
        #expect(codes.allSatisfy { $0.wholeMatch(of: /[0-9]{6}/) != nil })
        // 3,000 of a million: fewer than 2,950 different ones come once in 10^30 runs.
        #expect(Set(codes).count > 2950)
        for position in 0..<6 {
            #expect(Set(codes.map { $0[$0.index($0.startIndex, offsetBy: position)] }).count == 10)
        }
    }

    @Test(
        "NIST SP 800-63B-4 4.2.1.1, ASVS 6.5.2: a recovery code has 64 bits, stands there as a salted hash, and works once"
    )
    func recoveryCodes() async throws {
        let scene = try Self.scene([.email, .recoveryCodes], minimum: 1)
        let token = try await scene.signIn()
        try await scene.register(.email, "one@example.net", token: token)
        let added = try await scene.add(.recoveryCodes, token: token)
        let shown = try #require(added.shown?.codes)
        let bare = shown.map { $0.drop { $0 != "-" }.filter { $0 != "-" } }
        // Base32: five bits each.
        #expect(bare.allSatisfy { $0.count * 5 >= 64 } && Set(bare).count == shown.count)
        let id = added.method.method.id
        let secrets = try await verifiers(scene, id)
        #expect(Set(secrets.map(\.salt)).count == shown.count && Set(secrets.map(\.hash)).count == shown.count)
        for (attempt, expected) in [(shown[0], true), (shown[0], false), (shown[1], true)] {
            let answer = { try await scene.answerRegistration(id, .code(attempt), token: token) }
            if expected { _ = try await answer() } else { #expect(try await scene.refusal(answer).code == .wrongCode) }
        }
        #expect(try await verifiers(scene, id).count == shown.count - 2)
    }

    @Test("PWM's recovery codes: what is stored is no code, in any form that it could be copied in")
    func storedHash() async throws {
        let scene = try Self.scene([.email, .recoveryCodes], minimum: 1)
        let token = try await scene.signIn()
        try await scene.register(.email, "one@example.net", token: token)
        let id = try await scene.add(.recoveryCodes, token: token).method.method.id
        let stored = try #require(try await verifiers(scene, id).first)
        let hexadecimal = stored.hash.map { String($0, radix: 16) }.joined()
        for text in [stored.hash.base64EncodedString(), hexadecimal, stored.salt.base64EncodedString()] {
            let refused = try await scene.refusal {
                try await scene.answerRegistration(id, .code("1-\(text)"), token: token)
            }
            #expect(refused.code == .wrongCode)
        }
    }

    private func verifiers(_ scene: ServiceScene, _ id: String) async throws -> [SecretVerifier] {
        let methods = try await scene.vault.registration(of: ServiceScene.alice.id).methods
        guard case .codes(let codes) = methods.first(where: { $0.id == id })?.secret else { return [] }
        return codes.codes.map(\.verifier)
    }

    @Test("NIST SP 800-63B-4 4.1: the audit has every method that was ever bound and taken away, with time and source")
    func record() async throws {
        let scene = try Self.scene([.email, .mobilePhone])
        let token = try await scene.signIn()
        try await scene.register(.email, "one@example.net", token: token)
        try await scene.register(.mobilePhone, "+12025550142", token: token)
        let phone = try #require(
            try await scene.vault.registration(of: ServiceScene.alice.id).methods.first { $0.kind == .mobilePhone }
        )
        try await scene.desk.removeMethod(phone.id, token: token, from: scene.portal)
        let records = try await scene.vault.auditRecords(after: 0, limit: 1000).filter {
            $0.event.subject == ServiceScene.alice.id && $0.event.details["method"] == phone.id
        }
        #expect(records.map(\.event.action) == [.methodAdded, .challengeOpened, .methodVerified, .methodRemoved])
        #expect(records.first?.event.details["source"] == "person" && records.allSatisfy { $0.time == scene.clock.now })
    }

    @Test(
        "CVE-2019-19844: an address that only looks or folds alike is not the same, and no code goes there",
        arguments: ["mıke@example.net", "mike@example.ne\u{2CE}t", "mike@ex\u{430}mple.net", "mi\u{212A}e@example.net"]
    )
    func confusable(address: String) async throws {
        let scene = try Self.scene([.email])
        let token = try await scene.signIn()
        let refused = try await scene.refusal { try await scene.add(.email, address, token: token) }
        #expect(refused.code == .invalidValue && refused.field == "address")
        // A login likewise: somebody else's, or nobody's.
        scene.directory.add(User(id: EntryID(folding: [9]), dn: "uid=mike", login: "mike"))
        let login = String(address.prefix { $0 != "@" })
        guard login != "mike" else { return }
        let started = try await scene.desk.startReset(login: login, purpose: .reset, from: scene.portal)
        let own = try await scene.vault.registration(of: EntryID(folding: [9])).methods.map(\.id)
        #expect(Set(started.reset.methods.map(\.id)).isDisjoint(with: own))
    }
}
