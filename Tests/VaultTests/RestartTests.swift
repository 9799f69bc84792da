import Audit
import Foundation
import GRDB
import LatchkeyTesting
import SelfService
import Testing
import Vault

/// A process that dies: another one opens the files as they are, without the first having closed them.
@Suite struct RestartTests {
    private let place: TemporaryPlace
    private let clock = ManualClock()
    private let person = VaultScene.person(1)

    init() throws { place = try TemporaryPlace() }

    /// The files as a process that dies now leaves them.
    private func corpse() throws -> TemporaryPlace {
        let copy = try TemporaryPlace()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: place.vault + suffix, toPath: copy.vault + suffix)
        }
        return copy
    }

    @Test("wrong answers, messages, session starts and sign-ins are still counted after a restart")
    func counters() async throws {
        var scene = try place.scene(clock)
        let method = try await scene.verified("a@x.org", of: person)
        let session = try await scene.reset(.person(person)).session
        let challenge = try await scene.opened(method, in: session)
        for _ in 0..<3 { _ = try await scene.answer(VaultScene.wrongCode, challenge, in: session) }
        for _ in 0..<2 { _ = try await scene.opened(method, in: session) }
        for _ in 0..<2 { _ = try await scene.store.countSignIn(.person(person), limits: scene.limits) }
        for _ in 0..<99 { _ = try await scene.signIn(.person(person)) }
        scene = try corpse().scene(clock)
        let opening = try await scene.open(method, in: session)
        #expect(opening == .limited(retryAfter: 30), "three messages were sent")
        #expect(try await scene.store.countSignIn(.person(person), limits: scene.limits) == 900)
        guard case .limited = try await scene.start(.signIn, for: .person(person)) else {
            Issue.record("the session starts were forgotten")
            return
        }
        clock.advance(by: 30)
        let next = try await scene.opened(method, in: session)
        for _ in 0..<2 { #expect(try await scene.answer(VaultScene.wrongCode, next, in: session) == .wrong) }
        #expect(try await scene.answer(VaultScene.code, next, in: session) == .limited(retryAfter: 3570))
    }

    @Test("an answer that was given was counted, at whatever moment the process dies")
    func attempts() async throws {
        let scene = try place.scene(clock)
        let method = try await scene.verified("a@x.org", of: person)
        let session = try await scene.reset(.person(person)).session
        let challenge = try await scene.opened(method, in: session)
        for attempt in 1...4 {
            _ = try await scene.answer(VaultScene.wrongCode, challenge, in: session)
            let survivor = try corpse()
            let attempts = try survivor.read("SELECT attempts FROM challenge WHERE state = 'pending'") {
                $0["attempts"] as Int
            }
            #expect(attempts == [attempt])
            let left = try survivor.scene(clock)
            for _ in attempt..<5 {
                #expect(try await left.answer(VaultScene.wrongCode, challenge, in: session) == .wrong)
            }
            #expect(try await left.answer(VaultScene.code, challenge, in: session) == .closed)
        }
    }

    @Test("a spent code stays spent and an acknowledged registration is there")
    func spentCode() async throws {
        let scene = try place.scene(clock)
        let method = try await scene.add("a@x.org", to: person)
        let issued = try await scene.signIn(.person(person))
        let challenge = try await scene.opened(method, in: issued.session)
        #expect(try await scene.answer(VaultScene.code, challenge, in: issued.session).isPassed)
        let survivor = try corpse().scene(clock)
        #expect(try await survivor.answer(VaultScene.code, challenge, in: issued.session) == .closed)
        #expect(try await survivor.store.registration(of: person).methods.map(\.state) == [.verified])
        let session = try await survivor.store.session(token: issued.token, frontend: VaultScene.frontend)
        #expect(session?.freshUntil != nil)
        #expect(try await survivor.store.verifyAudit().isIntact)
    }

    @Test("a write that was under way is found after a crash and resolved")
    func intent() async throws {
        let scene = try place.scene(clock)
        let method = try await scene.verified("a@x.org", of: person)
        let issued = try await scene.proven(person, method)
        let intent = try #require(try await scene.begin(of: person, in: issued.session))
        for result in [WriteOutcome.Result.applied, .refused, .unknown] {
            let survivor = try corpse().scene(clock)
            #expect(try await survivor.store.unresolvedWrites() == [intent])
            #expect(try await survivor.begin(of: person, in: issued.session) == nil, "the right is taken")
            try await survivor.finish(intent, result, reason: result == .refused ? .passwordTooShort : nil)
            let again = try await survivor.begin(of: person, in: issued.session)
            #expect((again == nil) == (result == .applied), "\(result)")
        }
    }

    @Test("a cancelled caller does not undo a decision")
    func cancellation() async throws {
        let scene = try place.scene(clock)
        let method = try await scene.verified("a@x.org", of: person)
        let session = try await scene.reset(.person(person)).session
        let challenge = try await scene.opened(method, in: session)
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await scene.answer(VaultScene.wrongCode, challenge, in: session)
        }
        #expect(try await task.value == .wrong)
        #expect(try place.read("SELECT attempts FROM challenge WHERE state = 'pending'") { $0["attempts"] } == [1])
    }

    @Test("old counts, sessions and challenges are cleared away while new ones come")
    func purge() async throws {
        var scene = try place.scene(clock)
        scene.limits.sessionStartsPerMinute = 1000
        for number in 0..<200 {
            let subject = Subject.decoy(VaultScene.person(UInt8(number)))
            _ = try await scene.opened(VaultScene.decoyMethod(), in: try await scene.reset(subject).session)
            _ = try await scene.store.countSignIn(subject, limits: scene.limits)
        }
        clock.advance(by: 90_000)
        for number in 0..<30 {
            let subject = Subject.decoy(VaultScene.person(UInt8(number)))
            _ = try await scene.opened(VaultScene.decoyMethod(), in: try await scene.reset(subject).session)
            _ = try await scene.store.countSignIn(subject, limits: scene.limits)
        }
        for table in ["session", "challenge"] {
            #expect(try place.read("SELECT count(*) AS n FROM \(table)") { $0["n"] as Int } == [30])
        }
        #expect(try place.read("SELECT count(*) AS n FROM counted") { $0["n"] as Int } == [180])
    }
}
