import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Vault

/// What the process does that is killed: random steps on a vault, each told before it begins and after it was
/// acknowledged.
struct CampaignVictim {
    /// It ends by itself, should nobody kill it.
    static let steps = 20_000

    private let folder: CampaignFolder
    private let clock: ManualClock
    private var model: CampaignModel
    private var vault: VaultDatabase
    private var random: SeededGenerator

    init(_ folder: CampaignFolder, seed: UInt64) throws {
        self.folder = folder
        random = SeededGenerator(seed: seed)
        model = try folder.load()
        clock = ManualClock(model.now)
        // Told before the vault is opened: it may be killed there as well.
        try folder.journal.append(.ready(pid: getpid()))
        vault = try VaultDatabase(path: folder.vault, key: .test(1), clock: clock)
    }

    mutating func run() async throws {
        for _ in 0..<Self.steps {
            clock.advance(by: Double(Int.random(in: 31...500, using: &random)))
            let step = try await next()
            try folder.journal.append(.begins(step, at: clock.now))
            let outcome = try await perform(step)
            model.apply(step, outcome, at: clock.now)
            try folder.journal.append(.ended(outcome))
        }
    }

    private var hands: CampaignHands { CampaignHands(vault: vault, clock: clock) }

    // MARK: Choosing

    private mutating func next() async throws -> CampaignStep {
        guard let person = CampaignModel.names.randomElement(using: &random) else { throw TestError("nobody") }
        let held = model.people[person] ?? []
        let method = held.randomElement(using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<5:
            var method = try await made(.officePhone, person)
            method.isVerified = true
            return .enter(person, method)
        case 5..<11: return .issuePass(person, try await pass(person))
        case 11..<16: if let id = held.first(where: { $0.kind == .accessPass })?.id { return .usePass(person, id: id) }
        case 16..<52:
            if let method, let step = proof(of: method, person) { return step }
        case 52..<55:
            if let id = method?.id, method?.kind != .accessPass { return .answerWrongly(person, id: id) }
        case 55..<66: if let id = method?.id { return .remove(person, id: id) }
        case 66..<70: return .rotate
        case 70..<74: return .finishRotation
        case 74..<79: return .backUp
        case 79..<83: if let file = model.backups.randomElement(using: &random)?.file { return .restore(file: file) }
        default: break
        }
        if held.count > 7, let id = held.randomElement(using: &random)?.id { return .remove(person, id: id) }
        let kinds = MethodKind.allCases.filter { $0.isAddedByPerson }
        return .add(person, try await made(kinds.randomElement(using: &random) ?? .email, person))
    }

    private mutating func proof(of method: HeldMethod, _ person: EntryID) -> CampaignStep? {
        guard let id = method.id, method.kind != .accessPass else { return nil }
        if method.kind == .recoveryCodes, method.nextCode == nil { return nil }
        let mayReset = method.isVerified && method.kind != .securityQuestions
        let isReset = mayReset && Bool.random(using: &random)
        return .prove(person, id: id, isReset: isReset, code: method.nextCode)
    }

    private mutating func made(_ kind: MethodKind, _ person: EntryID) async throws -> HeldMethod {
        model.count += 1
        return try await .made(kind, for: person, number: model.count, hashing: hands.hashing)
    }

    private mutating func pass(_ person: EntryID) async throws -> HeldMethod {
        var method = try await made(.accessPass, person)
        if case .pass(var pass) = method.secret {
            pass.expiresAt = clock.now.addingTimeInterval(AccessPass.lifetimeLimit)
            method.secret = .pass(pass)
        }
        return method
    }

    // MARK: Doing

    private mutating func perform(_ step: CampaignStep) async throws -> CampaignOutcome {
        switch step {
        case .add(let person, let method): return try await add(method, to: person)
        case .enter(let person, let method):
            try await enter(method, for: person)
            return CampaignOutcome(id: try await newest(.officePhone, of: person))
        case .issuePass(let person, let method):
            try await issue(method, to: person)
            return CampaignOutcome(id: try await newest(.accessPass, of: person))
        case .usePass(let person, let id): try must(await hands.usePass(id, of: person), step)
        case .prove(let person, let id, let isReset, let code):
            return try await prove(id, of: person, isReset: isReset, code: code, isRight: true)
        case .answerWrongly(let person, let id):
            return try await prove(id, of: person, isReset: false, code: nil, isRight: false)
        case .remove(let person, let id):
            try must(await vault.removeMethod(id, of: person, notice: nil, by: VaultScene.actor), step)
        case .rotate: _ = try await vault.rotateKeys(by: .daemon)
        case .finishRotation: try must(await vault.finishRotation() == 0, step)
        case .backUp: return CampaignOutcome(file: try await vault.backUp(to: folder.backups, by: .daemon).path)
        case .restore(let file):
            try vault.close()
            _ = try VaultRestore(file: file, vault: folder.vault, keys: [.test(1)], clock: clock).run()
            vault = try VaultDatabase(path: folder.vault, key: .test(1), clock: clock)
        }
        return CampaignOutcome()
    }

    private func must(_ isDone: Bool, _ step: CampaignStep) throws {
        guard isDone else { throw TestError("refused: \(step)") }
    }

    private func add(_ method: HeldMethod, to person: EntryID) async throws -> CampaignOutcome {
        let session = try await hands.session(of: person, isReset: false)
        let added = try await vault.addMethod(
            MethodDraft(
                method.kind,
                value: method.value,
                secret: method.secret,
                state: method.isVerified ? .verified : .unverified
            ),
            for: person,
            limit: 20,
            in: session.session,
            terms: CampaignHands.terms,
            by: VaultScene.actor
        )
        guard let added else { throw TestError("not added: \(method.kind)") }
        return CampaignOutcome(id: added.id, token: session.token)
    }

    private func enter(_ method: HeldMethod, for person: EntryID) async throws {
        let draft = MethodDraft(method.kind, value: method.value, state: .verified, source: .administrator)
        let entry = MethodEntry(person: person, draft: draft, mayCompare: false, notice: Self.notice, details: [:])
        let results = try await vault.enterMethods([entry], limit: 20, isPartial: false, by: VaultScene.actor)
        guard results == [.added] else { throw TestError("not entered: \(results)") }
    }

    private func issue(_ method: HeldMethod, to person: EntryID) async throws {
        guard case .pass(let pass) = method.secret else { throw TestError("no pass") }
        let isIssued = try await vault.issuePass(
            pass,
            to: person,
            notice: Self.notice,
            details: [:],
            by: VaultScene.actor
        )
        guard isIssued else { throw TestError("no pass was issued") }
    }

    private static let notice = Notice(.methodAdded, method: .email)

    private func newest(_ kind: MethodKind, of person: EntryID) async throws -> String? {
        try await vault.registration(of: person).methods.last { $0.kind == kind }?.id
    }

    private func prove(
        _ id: String,
        of person: EntryID,
        isReset: Bool,
        code: Int?,
        isRight: Bool
    ) async throws -> CampaignOutcome {
        guard let method = model.method(id, of: person) else { throw TestError("no method \(id)") }
        let session = try await hands.session(of: person, isReset: isReset)
        let passed = try await hands.prove(method, in: session, code: code, isRight: isRight)
        guard (passed != nil) == isRight else { throw TestError("\(method.kind): \(isRight) is \(passed != nil)") }
        return CampaignOutcome(token: session.token, passed: passed)
    }
}
