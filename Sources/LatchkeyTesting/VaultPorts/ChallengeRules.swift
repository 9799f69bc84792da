import Foundation
import Identity
import SelfService

extension VaultRule {
    private static let person = VaultScene.person(1)

    static let challenges: [VaultRule] = [
        VaultRule("a challenge is opened for a method of the person, and found in its session only") { scene in
            let method = try await scene.add("+12025550142", .mobilePhone, to: person)
            let session = try await scene.signIn(.person(person)).session
            let challenge = try await scene.opened(method, in: session)
            try expect(challenge.state == .pending && challenge.via == .text, "pending, by text")
            try expect(challenge.expiresAt == scene.clock.now.addingTimeInterval(600), "for ten minutes")
            try expect(try await scene.store.challenge(challenge.id, in: session) == challenge, "found in its session")
            let other = try await scene.signIn(.person(person)).session
            try expect(try await scene.store.challenge(challenge.id, in: other) == nil, "in no other")
            try expect(try await scene.answer(VaultScene.code, challenge, in: other) == .notFound, "nor answered")
            scene.clock.advance(by: 600)
            let state = try await scene.store.challenge(challenge.id, in: session)?.state
            try expect(state == .expired, "expired after ten minutes")
        },
        VaultRule("somebody else's method, an unknown one and another kind open nothing") { scene in
            let method = try await scene.add("a@x.org", to: person)
            let thief = try await scene.signIn(.person(VaultScene.person(2))).session
            try expect(try await scene.open(method, in: thief) == .wrongState, "not for somebody else")
            let session = try await scene.signIn(.person(person)).session
            var unknown = method
            unknown.id = String(repeating: "0", count: 32)
            try expect(try await scene.open(unknown, in: session) == .wrongState, "not an unknown one")
            var otherKind = method
            otherKind.kind = .mobilePhone
            try expect(try await scene.open(otherKind, in: session) == .wrongState, "not of another kind")
        },
        VaultRule("a code goes to the stored value and nowhere else") { scene in
            let method = try await scene.add("a@x.org", to: person)
            let session = try await scene.signIn(.person(person)).session
            let opening = try await scene.open(method, in: session, to: "thief@x.org")
            let messages = try await scene.store.dueMessages(limit: 10)
            try expect(opening == .wrongState && messages.isEmpty, "nothing is opened, nothing is sent")
        },
        VaultRule("an ended, an expired or an idle session opens and answers nothing") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.signIn(.person(person)).session
            let challenge = try await scene.opened(method, in: session)
            scene.clock.advance(by: scene.lifetimes.signInIdle)
            try expect(try await scene.open(method, in: session) == .wrongState, "not when it is idle")
            try expect(try await scene.answer(VaultScene.code, challenge, in: session) == .closed, "no answer either")
            let reset = try await scene.reset(.person(person)).session
            scene.clock.advance(by: scene.lifetimes.reset)
            try expect(try await scene.open(method, in: reset) == .wrongState, "not when it is expired")
            let next = try await scene.reset(.person(person)).session
            try await scene.store.disable([person])
            try expect(try await scene.open(method, in: next) == .wrongState, "not when it was ended")
        },
        VaultRule("a challenge does not outlive its session") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.reset(.person(person)).session
            scene.clock.advance(by: scene.lifetimes.reset - 60)
            let challenge = try await scene.opened(method, in: session)
            try expect(challenge.expiresAt == session.expiresAt, "one minute is left")
        },
        VaultRule("a new challenge ends the older one of its session, and a stranger's ends nothing") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let own = try await scene.reset(.person(person)).session
            let strangers = try await scene.reset(.person(person)).session
            let older = try await scene.opened(method, in: own, code: "222222")
            let newest = try await scene.opened(method, in: own, code: "333333")
            _ = try await scene.opened(method, in: strangers, code: "111111")
            try expect(try await scene.store.challenge(older.id, in: own)?.state == .expired, "in the same session")
            try expect(try await scene.answer("222222", older, in: own) == .closed, "closed")
            try expect(try await scene.answer("111111", newest, in: own) == .wrong, "each session has its own code")
            try expect(try await scene.answer("333333", newest, in: own).isPassed, "strangers ended nothing")
        },
        VaultRule("where nothing is sent, a challenge ends the older of its session and no other session's") { scene in
            let seed = Data(repeating: 7, count: TOTP.seedByteCount)
            let secret = MethodSecret.authenticator(AuthenticatorSecret(seed: seed))
            let draft = MethodDraft(.authenticator, secret: secret, state: .verified)
            let app = try unwrap(try await scene.add(draft, to: person), "an app")
            let own = try await scene.reset(.person(person)).session
            let older = try await scene.openedSilently(app, in: own)
            let newer = try await scene.openedSilently(app, in: own)
            for _ in 0..<5 {
                let stranger = try await scene.reset(.person(person)).session
                _ = try await scene.openedSilently(app, in: stranger)
            }
            let code = TOTP(seed: seed).code(step: TOTP.step(at: scene.clock.now))
            try expect(try await scene.answer(code, older, in: own) == .closed, "the older one of the session")
            try expect(try await scene.answer(code, newer, in: own).isPassed, "strangers ended nothing")
        },
        VaultRule("a reset challenges verified methods only, and none that would not count") { scene in
            let first = try await scene.verified("a@x.org", of: person)
            let second = try await scene.verified("b@x.org", of: person)
            let phone = try await scene.verified("+12025550142", .mobilePhone, of: person)
            let unverified = try await scene.add("c@x.org", to: person)
            let session = try await scene.reset(.person(person), gates: 2).session
            try expect(try await scene.open(unverified, in: session) == .wrongState, "not an unverified one")
            let early = try await scene.opened(second, in: session)
            let challenge = try await scene.opened(first, in: session)
            try expect(try await scene.answer(VaultScene.code, challenge, in: session).isPassed, "one gate is passed")
            try expect(try await scene.open(second, in: session) == .wrongState, "a second mailbox is the same kind")
            try expect(try await scene.answer(VaultScene.code, early, in: session) == .closed, "nor is it answered")
            let last = try await scene.opened(phone, in: session)
            try expect(try await scene.answer(VaultScene.code, last, in: session).isPassed, "the phone is another")
            try expect(try await scene.open(phone, in: session) == .wrongState, "nothing more is needed")
        },
    ]
}
