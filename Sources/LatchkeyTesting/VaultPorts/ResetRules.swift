import Foundation
import Identity
package import SelfService

extension VaultRule {
    private static let person = VaultScene.person(1)

    static let resets: [VaultRule] = [
        VaultRule("nothing is written before all gates are passed") { scene in
            let mail = try await scene.verified("a@x.org", of: person)
            let phone = try await scene.verified("+12025550142", .mobilePhone, of: person)
            let session = try await scene.reset(.person(person), gates: 2).session
            try expect(try await scene.begin(of: person, in: session) == nil, "no gate")
            for (method, number) in [(mail, 1), (phone, 2)] {
                let challenge = try await scene.opened(method, in: session)
                guard case .passed(let next) = try await scene.answer(VaultScene.code, challenge, in: session) else {
                    throw RuleBroken(description: "gate \(number) is not passed")
                }
                try expect(next.kind.passed == number, "\(number) proofs")
                if number == 1 { try expect(try await scene.begin(of: person, in: next) == nil, "one gate") }
            }
            try expect(try await scene.begin(of: person, in: session) != nil, "both gates")
        },
        VaultRule("the record decides, not what the caller says of the session") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            var forged = try await scene.reset(.person(person)).session
            var progress = ResetProgress(purpose: .reset, required: 1)
            progress.accept(ResetProgress.Proof(methodID: method.id, kind: method.kind))
            forged.kind = .reset(progress)
            try expect(try await scene.begin(of: person, in: forged) == nil, "claimed proofs are none")
            var stolen = try await scene.proven(person, method).session
            stolen.subject = .person(VaultScene.person(2))
            try expect(try await scene.begin(of: VaultScene.person(2), in: stolen) == nil, "not for somebody else")
            let signIn = try await scene.signIn(.person(person)).session
            try expect(try await scene.begin(of: person, in: signIn) == nil, "a sign-in has no right to write")
        },
        VaultRule("proofs for an unlock are none for a reset, and the other way round") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let reset = try await scene.proven(person, method).session
            try expect(try await scene.begin(.unlock, of: person, in: reset) == nil, "a reset unlocks by its password")
            let unlock = try await scene.reset(.person(person), .unlock).session
            let challenge = try await scene.opened(method, in: unlock)
            _ = try await scene.answer(VaultScene.code, challenge, in: unlock)
            try expect(try await scene.begin(.password, of: person, in: unlock) == nil, "no password")
            try expect(try await scene.begin(.unlock, of: person, in: unlock) != nil, "the unlock")
        },
        VaultRule("a decoy never gets to write") { scene in
            let decoy = Subject.decoy(VaultScene.person(8))
            let session = try await scene.reset(decoy).session
            let challenge = try await scene.opened(VaultScene.decoyMethod(), in: session)
            _ = try await scene.answer(VaultScene.code, challenge, in: session)
            try expect(try await scene.begin(of: decoy.id, in: session) == nil, "it does not")
        },
        VaultRule("an expired session does not write") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.proven(person, method).session
            scene.clock.advance(by: scene.lifetimes.reset)
            try expect(try await scene.begin(of: person, in: session) == nil, "it does not")
        },
    ]
}

extension Session.Kind {
    /// Proofs so far.
    package var passed: Int {
        if case .reset(let progress) = self { progress.passed } else { 0 }
    }
}
