import LatchkeyTesting
import Testing

@testable import SelfService

@Suite("The progress of a reset")
struct ResetProgressTests {
    @Test("a write needs the required number of proofs by different kinds", arguments: 1...2)
    func needsProofs(required: Int) {
        var progress = ResetProgress(purpose: .reset, required: required)
        let proofs: [ResetProgress.Proof] = [
            .init(methodID: "a", kind: .email), .init(methodID: "b", kind: .mobilePhone),
        ]
        for proof in proofs.prefix(required) {
            let granted1 = progress.beginWriting()
            #expect(!granted1)
            progress.accept(proof)
        }
        #expect(progress.isProven)
        let granted2 = progress.beginWriting()
        #expect(granted2)
    }

    @Test("a second proof of the same kind counts nothing")
    func sameKindCountsOnce() {
        var progress = ResetProgress(purpose: .reset, required: 2)
        progress.accept(.init(methodID: "a", kind: .email))
        progress.accept(.init(methodID: "b", kind: .email))
        progress.accept(.init(methodID: "a", kind: .email))
        #expect(progress.passed == 1)
        let granted3 = progress.beginWriting()
        #expect(!granted3)
    }

    @Test("only one caller gets the right to write, and a spent session gives it to nobody")
    func writesOnce() {
        var progress = ResetProgress(purpose: .unlock, required: 1)
        progress.accept(.init(methodID: "a", kind: .email))
        let granted4 = progress.beginWriting()
        #expect(granted4)
        let granted5 = progress.beginWriting()
        #expect(!granted5)
        progress.endWriting(isFinal: true)
        let granted6 = progress.beginWriting()
        #expect(!granted6)
        #expect(progress.stage == .spent)
    }

    @Test("after a refusal the same proofs allow another try")
    func refusalLeavesItOpen() {
        var progress = ResetProgress(purpose: .reset, required: 1)
        progress.accept(.init(methodID: "a", kind: .email))
        let granted7 = progress.beginWriting()
        #expect(granted7)
        progress.endWriting(isFinal: false)
        let granted8 = progress.beginWriting()
        #expect(granted8)
    }

    @Test("a policy that asks for no proof still needs one")
    func atLeastOne() {
        var progress = ResetProgress(purpose: .reset, required: 0)
        let granted9 = progress.beginWriting()
        #expect(!granted9)
        #expect(progress.required == 1)
    }

    @Test("no sequence of calls writes without the proofs", arguments: UInt64(1)...200)
    func randomSequences(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let required = Int.random(in: 1...2, using: &random)
        var progress = ResetProgress(purpose: .reset, required: required)
        var kinds: Set<MethodKind> = []
        var writes = 0
        for _ in 0..<40 {
            switch Int.random(in: 0..<3, using: &random) {
            case 0:
                let kind = MethodKind.allCases.randomElement(using: &random) ?? .email
                if progress.stage == .open { kinds.insert(kind) }
                progress.accept(.init(methodID: "\(Int.random(in: 0..<3, using: &random))", kind: kind))
            case 1:
                if progress.beginWriting() {
                    writes += 1
                    #expect(kinds.count >= required)
                }
            default:
                progress.endWriting(isFinal: true)
            }
        }
        #expect(writes <= 1)
    }
}
