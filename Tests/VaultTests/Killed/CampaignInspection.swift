import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Vault

/// Looks at what a killed process has left, on a copy of it.
struct CampaignInspection {
    private let corpse: TemporaryPlace
    private let vault: VaultDatabase
    private let clock: ManualClock
    private var hands: CampaignHands { CampaignHands(vault: vault, clock: clock) }

    /// - Throws: where the vault does not open.
    init(_ corpse: TemporaryPlace, at time: Date) throws {
        self.corpse = corpse
        clock = ManualClock(time)
        vault = try VaultDatabase(path: corpse.vault, key: .test(1), clock: clock)
    }

    func close() throws { try vault.close() }

    /// The first of these that the vault is like, with every method's id filled in.
    func settle(_ models: [CampaignModel]) async throws -> CampaignModel {
        var stored: [EntryID: [RegisteredMethod]] = [:]
        for person in CampaignModel.names { stored[person] = try await vault.registration(of: person).methods }
        for var model in models {
            let isLike = CampaignModel.names.allSatisfy { person in
                model.settle(stored[person] ?? [], of: person)
            }
            if isLike { return model }
        }
        let wanted = models.map { model in model.people.mapValues { $0.map { "\($0.kind.rawValue) \($0.id ?? "new")" } }
        }
        throw TestError("the vault has \(stored), and should be like one of \(wanted)")
    }

    /// - Throws: where something is not as it must be.
    func inspect(_ model: CampaignModel, hadRestore: Bool) async throws {
        try await expectAudit(model)
        if let token = model.livingToken(at: clock.now), !hadRestore {
            try expect(try await vault.session(token: token, frontend: VaultScene.frontend) != nil, "the session lives")
        }
        for challenge in model.passed { try await expectClosed(challenge) }
        for id in model.removed.suffix(5) { try await expectGone(id) }
        for person in CampaignModel.names {
            for method in model.people[person] ?? [] { try await inspect(method, of: person) }
        }
        try expect(try await vault.finishRotation() == 0, "every record opens")
        try expect(try await vault.keyStatus().isComplete, "a rotation comes to its end")
        try expect(try await vault.verifyAudit().isIntact, "the audit is intact at the end")
    }

    private func expectAudit(_ model: CampaignModel) async throws {
        try expect(try await vault.verifyAudit().isIntact, "the audit is intact")
        var (told, last): (Set<String>, Int64) = ([], 0)
        while case let records = try await vault.auditRecords(after: last, limit: 1000), let end = records.last {
            last = end.sequence
            for record in records where [.methodAdded, .passIssued].contains(record.event.action) {
                if let id = record.event.details["method"] { told.insert(id) }
            }
        }
        for method in model.people.values.joined() {
            try expect(told.contains(method.id ?? ""), "the audit tells of \(method.kind)")
        }
    }

    private func expectClosed(_ challenge: PassedChallenge) async throws {
        let session = try await vault.session(token: challenge.token, frontend: VaultScene.frontend)
        guard let session else { return }
        let again = try await vault.answer(
            challenge.code,
            to: challenge.id,
            in: session,
            terms: CampaignHands.terms,
            by: VaultScene.actor
        )
        try expect(!again.isPassed, "a code is used once")
    }

    private func expectGone(_ id: String) async throws {
        for person in CampaignModel.names {
            let issued = try await hands.session(of: person, isReset: true)
            let gone = HeldMethod(id: id, kind: .recoveryCodes)
            try expect(try await hands.open(gone, in: issued.session, code: "") == .wrongState, "\(id) is gone")
            try expect(try await !vault.spendPass(id, of: person, by: VaultScene.actor), "\(id) is no pass")
        }
    }

    private func inspect(_ method: HeldMethod, of person: EntryID) async throws {
        if method.kind == .accessPass {
            guard let id = method.id else { return }
            try expect(try await hands.usePass(id, of: person), "a pass is there")
            return try expect(try await !hands.usePass(id, of: person), "and is used once")
        }
        clock.advance(by: 31)
        let issued = try await hands.session(of: person, isReset: true)
        guard method.isVerified, method.kind != .securityQuestions else {
            let opening = try await hands.open(method, in: issued.session, code: "42")
            return try expect(opening == .wrongState, "\(method.kind) opens no gate: \(opening)")
        }
        try await expectSpent(method, person)
        clock.advance(by: 31)
        if method.kind == .recoveryCodes, method.nextCode == nil { return }
        let fresh = try await hands.session(of: person, isReset: true)
        let passed = try await hands.prove(method, in: fresh, code: method.nextCode)
        try expect(passed != nil, "\(method.kind) passes its gate")
    }

    /// Steps and codes that were used are refused, at the very moment at which they would have been right.
    private func expectSpent(_ method: HeldMethod, _ person: EntryID) async throws {
        if case .authenticator(let app) = method.secret, let step = app.lastStep {
            let now = clock.now
            clock.set(to: Date(timeIntervalSince1970: Double(step * TOTP.period)))
            defer { clock.set(to: now) }
            let issued = try await hands.session(of: person, isReset: true)
            try expect(try await hands.prove(method, in: issued) == nil, "a step is accepted once")
        }
        for number in method.spentCodes {
            let issued = try await hands.session(of: person, isReset: true)
            try expect(try await hands.prove(method, in: issued, code: number) == nil, "code \(number) is spent")
        }
    }

    private func expect(_ condition: Bool, _ sentence: String) throws {
        guard condition else { throw TestError("not so: \(sentence)") }
    }
}

extension CampaignModel {
    /// Whether these are the person's methods; then those without an id get theirs.
    fileprivate mutating func settle(_ stored: [RegisteredMethod], of person: EntryID) -> Bool {
        guard var held = people[person], held.count == stored.count else { return false }
        for method in stored {
            guard let index = held.firstIndex(where: { $0.isSame(as: method) }) else { return false }
            held[index].id = method.id
        }
        guard Set(held.map(\.id)) == Set(stored.map(\.id)) else { return false }
        people[person] = held
        return true
    }
}
