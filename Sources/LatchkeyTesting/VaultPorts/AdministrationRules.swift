import Audit
import Foundation
import Identity
import SelfService

extension VaultRule {
    static let administration: [VaultRule] = [
        VaultRule("of entries that do not all fit none is made, unless it is partial") { scene in
            let (one, other) = (VaultScene.person(1), VaultScene.person(2))
            _ = try await scene.add("a@x.org", to: one)
            let entries = [scene.entry("b@x.org", for: one), scene.entry("c@x.org", for: other)]
            let refused = try await scene.enter(entries, limit: 1)
            try expect(refused == [.full, .added], "it says which does not fit")
            try expect(try await scene.store.registration(of: other).methods.isEmpty, "and makes none")
            let partial = try await scene.enter(entries, limit: 1, isPartial: true)
            try expect(partial == [.full, .added], "the same")
            try expect(try await scene.store.registration(of: other).methods.count == 1, "the other is made")
        },
        VaultRule("an entry gives way to the next of its kind, whether the value is the same or not") { scene in
            var pictures: [[String]] = []
            for (number, value) in [(UInt8(1), "a@x.org"), (2, "z@x.org")] {
                let person = VaultScene.person(number)
                _ = try await scene.verified("a@x.org", of: person)
                for _ in 1...2 { _ = try await scene.enter([scene.entry(value, for: person)]) }
                let methods = try await scene.store.registration(of: person).methods
                pictures.append(methods.map { "\($0.kind) \($0.state) \($0.source) \($0.isDefault)" })
            }
            try expect(pictures[0] == pictures[1] && pictures[0].count == 2, "nothing tells them apart")
        },
        VaultRule("who may compare is told of a value that is there, and nothing is changed") { scene in
            let person = VaultScene.person(1)
            _ = try await scene.verified("a@x.org", of: person)
            let before = try await scene.store.registration(of: person)
            let result = try await scene.enter([scene.entry("a@x.org", for: person, mayCompare: true)])
            try expect(result == [.present], "it is present")
            try expect(try await scene.store.registration(of: person) == before, "nothing is changed")
        },
        VaultRule("removing everything ends sessions and challenges and begins the registration anew") { scene in
            let person = VaultScene.person(1)
            let method = try await scene.verified("a@x.org", of: person)
            try await scene.store.markComplete(person, policy: "everybody", by: VaultScene.actor)
            let issued = try await scene.signIn(.person(person))
            let challenge = try await scene.opened(method, in: issued.session)
            try expect(try await scene.remove(["nothing"], of: person) == 0, "nothing of another id")
            let alive = try await scene.store.session(token: issued.token, frontend: VaultScene.frontend)
            try expect(alive != nil, "and nothing ends for it")
            try expect(try await scene.remove(nil, of: person) == 1, "one is removed")
            let dead = try await scene.store.session(token: issued.token, frontend: VaultScene.frontend)
            try expect(dead == nil, "the session is over")
            let answer = try await scene.answer(VaultScene.code, challenge, in: issued.session)
            try expect(answer == .closed || answer == .notFound, "the challenge too")
            let stored = try await scene.store.registration(of: person)
            try expect(stored.methods.isEmpty && stored.completedAt == nil, "the registration begins anew")
        },
        VaultRule("a pass replaces the one before, ends with a freeze, and is not issued during one") { scene in
            let person = VaultScene.person(1)
            func isIssued() async throws -> Bool { try await scene.issuePass(to: person) }
            try expect(try await isIssued(), "issued")
            try expect(try await isIssued(), "and again")
            try expect(try await scene.store.registration(of: person).methods.count == 1, "there is one")
            try await scene.store.freeze(person, reason: "x", by: VaultScene.actor)
            try expect(try await scene.store.registration(of: person).methods.isEmpty, "none after the freeze")
            try expect(try await !isIssued(), "none during it")
            try expect(
                try await !scene.store.revokePass(of: person, details: [:], by: VaultScene.actor),
                "nothing to revoke"
            )
        },
        VaultRule("a confirmation is required of complete registrations only, and until it is given") { scene in
            let (one, other) = (VaultScene.person(1), VaultScene.person(2))
            try await scene.store.markComplete(one, policy: "everybody", by: VaultScene.actor)
            let count = try await scene.store.requireConfirmation(
                of: [one, other],
                details: ["why": "x"],
                by: VaultScene.actor
            )
            try expect(count == 1, "of one")
            let stored = try await scene.store.registrations(of: [other, one])
            try expect(stored.map { $0.confirmationRequiredAt != nil } == [false, true], "in the order asked for")
            try await scene.store.markConfirmed(one, by: VaultScene.actor)
            let after = try await scene.store.registration(of: one)
            try expect(after.confirmationRequiredAt == nil, "until it is given")
        },
        VaultRule("an approval is of somebody else, for one request, once, and for a time") { scene in
            let request = scene.request(by: 1)
            let asked = try unwrap(try await scene.store.requestApproval(request), "it is recorded")
            try expect(try await scene.store.requestApproval(request) == asked, "once")
            try expect(try await scene.store.approve(asked.id, by: 1) == .ownRequest, "not by oneself")
            try expect(try await scene.store.useApproval(of: request) == nil, "not before it is approved")
            guard case .approved(let approved) = try await scene.store.approve(asked.id, by: 2) else {
                throw RuleBroken(description: "another one approves it")
            }
            try expect(approved.approver == 2, "and is named")
            try expect(try await scene.store.approve(asked.id, by: 3) == .unknown, "it waits no more")
            try expect(try await scene.store.useApproval(of: scene.request(by: 2)) == nil, "not of another")
            try expect(try await scene.store.useApproval(of: request) == approved, "it is used")
            try expect(try await scene.store.useApproval(of: request) == nil, "once")
            let later = try unwrap(try await scene.store.requestApproval(request), "again")
            scene.clock.advance(by: Approval.lifetime)
            try expect(try await scene.store.approve(later.id, by: 2) == .unknown, "not after its time")
            try expect(try await scene.store.approvals().isEmpty, "and it is gone")
        },
        VaultRule("no more requests wait than the limit") { scene in
            for number in 0..<Approval.limit {
                _ = try unwrap(
                    try await scene.store.requestApproval(scene.request(by: UInt32(number))),
                    "within the limit"
                )
            }
            try expect(try await scene.store.requestApproval(scene.request(by: 1000)) == nil, "one too many")
        },
    ]
}

extension VaultScene {
    fileprivate func entry(_ value: String, for person: EntryID, mayCompare: Bool = false) -> MethodEntry {
        MethodEntry(
            person: person,
            draft: MethodDraft(.email, value: value, state: .candidate, source: .administrator),
            mayCompare: mayCompare,
            notice: Notice(.passIssued),
            details: ["why": "x"]
        )
    }

    fileprivate func enter(
        _ entries: [MethodEntry],
        limit: Int = 20,
        isPartial: Bool = false
    ) async throws -> [MethodEntryResult] {
        try await store.enterMethods(entries, limit: limit, isPartial: isPartial, by: Self.actor)
    }

    fileprivate func remove(_ ids: Set<String>?, of person: EntryID) async throws -> Int {
        let notice = Notice(.passIssued)
        return try await store.removeMethods(ids, of: person, notice: notice, details: ["why": "x"], by: Self.actor)
    }

    fileprivate func issuePass(to person: EntryID) async throws -> Bool {
        let verifier = SecretVerifier(salt: Data(), hash: Data(), cost: 2, blockSize: 1, parallelism: 1)
        return try await store.issuePass(
            AccessPassSecret(verifier: verifier, expiresAt: clock.now.addingTimeInterval(3600)),
            to: person,
            notice: Notice(.passIssued),
            details: ["why": "x"],
            by: Self.actor
        )
    }

    fileprivate func request(by uid: UInt32) -> ApprovalRequest {
        ApprovalRequest(
            person: Self.person(1),
            capability: .issuePass,
            action: "passes.issue",
            terms: ["3600"],
            reason: "x",
            requester: uid
        )
    }
}
