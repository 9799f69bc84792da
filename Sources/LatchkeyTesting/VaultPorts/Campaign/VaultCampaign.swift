import Foundation
import Identity
import SelfService

/// Random sequences of what front ends, thieves and crashes do, against a model that is kept by hand.
///
/// What must hold whatever happens: a write begins only with `required` proofs, given in this very session by
/// methods of this very person; no more than one write at a time; a right code works once; wrong answers per
/// person and method leave the count by time alone.
package struct VaultCampaign {
    private let scene: VaultScene
    private var random: SeededGenerator
    private let people = [VaultScene.person(1), VaultScene.person(2)]
    private var methods: [EntryID: [RegisteredMethod]] = [:]
    private var resets: [ResetModel] = []
    private var challenges: [ChallengeModel] = []
    private var writes: [WriteModel] = []
    /// Times of wrong answers by method id.
    private var wrongAnswers: [String: [Date]] = [:]
    /// How often each thing happened: a campaign in which nothing succeeds proves nothing.
    package private(set) var tally: [String: Int] = [:]

    package init(scene: VaultScene, seed: UInt64) {
        self.scene = scene
        random = SeededGenerator(seed: seed)
    }

    /// - Throws: ``RuleBroken`` with the step at which the store and the model disagree.
    package mutating func run(steps: Int) async throws {
        for (index, person) in people.enumerated() {
            let mail = try await scene.verified("m\(index)@x.org", of: person)
            let phone = try await scene.verified("+1202555014\(index)", .mobilePhone, of: person)
            methods[person] = [mail, phone]
        }
        for step in 0..<steps {
            do {
                try await act()
            } catch let error as RuleBroken {
                throw RuleBroken(description: "step \(step): \(error)")
            }
        }
    }

    private mutating func act() async throws {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<8: try await startReset()
        case 8..<34: try await openChallenge()
        case 34..<62: try await answer()
        case 62..<80: try await beginWrite()
        case 80..<88: try await finishWrite()
        default: scene.clock.advance(by: Double(Int.random(in: 1...400, using: &random)))
        }
    }

    private mutating func startReset() async throws {
        guard let person = people.randomElement(using: &random) else { return }
        let gates = Int.random(in: 1...2, using: &random)
        let issued = try await scene.reset(.person(person), gates: gates)
        resets.append(ResetModel(person: person, issued: issued, required: gates))
        note("started")
    }

    /// Sometimes for somebody else's method.
    private mutating func openChallenge() async throws {
        guard
            let index = recent(resets), let owner = person(mostly: resets[index].person),
            let method = methods[owner]?.randomElement(using: &random)
        else { return }
        let code = String(Int.random(in: 100_000...999_999, using: &random))
        let reset = resets[index]
        switch try await scene.open(method, in: reset.session, code: code) {
        case .freshProofRequired: try expect(false, "a reset needs no fresh proof")
        case .wrongState: note("wrong state")
        case .limited: note("no challenge: limited")
        case .opened(let challenge):
            try expect(owner == reset.person, "a challenge is for the person's own method")
            try expect(count(method.id) < scene.limits.wrongAnswersPerMethod, "not over the limit of wrong answers")
            for other in challenges.indices
            where challenges[other].method.id == method.id && challenges[other].session == index {
                challenges[other].isOver = true
            }
            let model = ChallengeModel(
                challenge: challenge,
                method: method,
                person: owner,
                session: index,
                code: code
            )
            challenges.append(model)
            note("opened")
        }
    }

    /// Right or wrong, in the challenge's own session or in another.
    private mutating func answer() async throws {
        guard let index = recent(challenges) else { return }
        let model = challenges[index]
        let isOwn = Int.random(in: 0..<8, using: &random) != 0
        guard let session = isOwn ? model.session : recent(resets) else { return }
        let isRight = Int.random(in: 0..<3, using: &random) != 0
        let code = isRight ? model.code : String(model.code.reversed()) + "0"
        let before = count(model.method.id)
        let given = try await scene.answer(code, model.challenge, in: resets[session].session)
        switch given {
        case .passed: try pass(index, in: session, isRight: isRight, before: before)
        case .wrong: try fail(index, isRight: isRight, before: before)
        case .limited: try expect(before >= scene.limits.wrongAnswersPerMethod, "limited only when it is over")
        case .notFound:
            let isAlive = resets[session].session.expiresAt > scene.clock.now
            try expect(session != model.session || !isAlive, "the challenge's own living session finds it")
        case .freshProofRequired: try expect(false, "a reset needs no fresh proof")
        case .toCompare: try expect(false, "a sent code is compared by the store itself")
        case .closed: note("closed")
        }
    }

    private mutating func pass(_ index: Int, in session: Int, isRight: Bool, before: Int) throws {
        let model = challenges[index]
        try expect(isRight, "a wrong code is wrong")
        try expect(!model.isOver, "a code works once, and not after a newer one")
        try expect(session == model.session, "in its own session")
        try expect(model.challenge.expiresAt > scene.clock.now, "before it expires")
        try expect(before < scene.limits.wrongAnswersPerMethod, "below the limit of wrong answers")
        challenges[index].isOver = true
        resets[session].proofs.insert(model.method.kind)
        note("passed")
    }

    private mutating func fail(_ index: Int, isRight: Bool, before: Int) throws {
        try expect(!isRight, "a right code in its own living session is right")
        try expect(before < scene.limits.wrongAnswersPerMethod, "no answer is looked at above the limit")
        challenges[index].wrong += 1
        try expect(challenges[index].wrong <= scene.limits.answersPerChallenge, "five to a challenge")
        wrongAnswers[challenges[index].method.id, default: []].append(scene.clock.now)
        note("wrong")
    }

    /// Sometimes for somebody else, or with forged proofs.
    private mutating func beginWrite() async throws {
        guard let index = recent(resets), let person = person(mostly: resets[index].person) else { return }
        let model = resets[index]
        var session = model.session
        if Bool.random(using: &random) {
            var forged = ResetProgress(purpose: .reset, required: 1)
            forged.accept(ResetProgress.Proof(methodID: "forged", kind: .email))
            session.kind = .reset(forged)
        }
        let may = model.mayWrite && person == model.person && session.expiresAt > scene.clock.now
        let intent = try await scene.begin(of: person, in: session)
        try expect((intent != nil) == may, "a write needs \(model.required) proofs, has \(model.proofs); may: \(may)")
        guard let intent else { return note("no write") }
        resets[index].isWriting = true
        writes.append(WriteModel(intent: intent, session: index))
        note("writes")
    }

    private mutating func finishWrite() async throws {
        guard !writes.isEmpty else { return }
        let write = writes.removeFirst()
        let results: [(WriteOutcome.Result, RefusalReason?)] = [
            (.applied, nil), (.refused, .passwordInHistory), (.refused, .administratorLock), (.unknown, nil),
        ]
        guard let (result, reason) = results.randomElement(using: &random) else { return }
        try await scene.finish(write.intent, result, reason: reason)
        resets[write.session].isWriting = false
        if result == .applied || reason == .administratorLock { resets[write.session].isSpent = true }
        if result == .applied {
            for index in resets.indices where resets[index].person == resets[write.session].person {
                resets[index].isSpent = true
            }
            for index in challenges.indices where challenges[index].person == resets[write.session].person {
                challenges[index].isOver = true
            }
        }
        note("\(result)")
    }

    // MARK: Picking and counting

    /// One of the last few: what is long dead tells little.
    private mutating func recent(_ list: [some Any]) -> Int? {
        list.indices.suffix(3).randomElement(using: &random)
    }

    private mutating func person(mostly person: EntryID) -> EntryID? {
        Int.random(in: 0..<8, using: &random) == 0 ? people.randomElement(using: &random) : person
    }

    /// Wrong answers of the window, by the model.
    private func count(_ methodID: String) -> Int {
        let start = scene.clock.now.addingTimeInterval(-scene.limits.window)
        return wrongAnswers[methodID, default: []].count { $0 > start }
    }

    private mutating func note(_ what: String) { tally[what, default: 0] += 1 }
}
