import Audit
import Foundation
import Identity
package import SelfService

extension VaultRule {
    private static let person = VaultScene.person(1)

    static let writes: [VaultRule] = [
        VaultRule("one write at a time: of many at once, one begins") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.proven(person, method).session
            let intents = try await withThrowingTaskGroup(of: WriteIntent?.self) { group in
                for _ in 0..<8 { group.addTask { try await scene.begin(of: person, in: session) } }
                return try await group.reduce(into: [WriteIntent?]()) { $0.append($1) }
            }
            try expect(intents.count { $0 != nil } == 1, "one began")
        },
        VaultRule("an intent stands until its outcome is known, oldest first") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.proven(person, method).session
            let intent = try unwrap(try await scene.begin(of: person, in: session), "the write begins")
            try expect(intent.recordedAt == scene.clock.now && intent.before == VaultScene.marker, "as recorded")
            let admins = try unwrap(try await scene.begin(.unlock, of: VaultScene.person(2), in: nil), "an admin's")
            try expect(try await scene.store.unresolvedWrites() == [intent, admins], "both stand")
            try await scene.finish(intent, .unknown)
            try expect(try await scene.store.unresolvedWrites() == [intent, admins], "unknown is not resolved")
            try await scene.finish(intent, .applied)
            try await scene.finish(admins, .refused, reason: .administratorLock)
            try expect(try await scene.store.unresolvedWrites().isEmpty, "both are resolved")
        },
        VaultRule("a refused password leaves the session open, any other refusal does not") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.proven(person, method).session
            let first = try unwrap(try await scene.begin(of: person, in: session), "the first write begins")
            try expect(try await scene.begin(of: person, in: session) == nil, "no second beside it")
            try await scene.finish(first, .refused, reason: .passwordInHistory)
            let second = try unwrap(try await scene.begin(of: person, in: session), "another password may be tried")
            try await scene.finish(second, .refused, reason: .administratorLock)
            try expect(try await scene.begin(of: person, in: session) == nil, "a lock is final")
        },
        VaultRule("an unknown outcome leaves the session open, and a late one ends no other write") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.proven(person, method).session
            let first = try unwrap(try await scene.begin(of: person, in: session), "the first write begins")
            try await scene.finish(first, .unknown)
            let second = try unwrap(try await scene.begin(of: person, in: session), "the second write begins")
            try await scene.finish(first, .refused, reason: .passwordTooShort)
            try expect(try await scene.begin(of: person, in: session) == nil, "the second is still under way")
            try await scene.finish(second, .unknown)
            try await scene.finish(second, .applied)
            try expect(try await scene.begin(of: person, in: session) == nil, "a late success is final")
        },
        VaultRule("an outcome is recorded once") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.proven(person, method).session
            let intent = try unwrap(try await scene.begin(of: person, in: session), "the write begins")
            try await scene.finish(intent, .applied)
            try await scene.finish(intent, .refused, reason: .passwordTooShort)
            try expect(try await scene.begin(of: person, in: session) == nil, "a spent session stays spent")
            let written = try await scene.store.auditRecords(after: 0, limit: 1000)
                .filter { $0.event.action == .passwordWritten }
            try expect(written.map(\.event.result) == [.done], "one record")
        },
        VaultRule("a written password ends everything else of the person, and nothing of others") { scene in
            let other = VaultScene.person(2)
            let method = try await scene.verified("a@x.org", of: person)
            let phone = try await scene.verified("+12025550142", .mobilePhone, of: person)
            let otherMethod = try await scene.verified("b@x.org", of: other)
            let signIn = try await scene.signIn(.person(person))
            let rival = try await scene.reset(.person(person)).session
            let rivals = try await scene.opened(phone, in: rival)
            let otherSession = try await scene.reset(.person(other)).session
            let others = try await scene.opened(otherMethod, in: otherSession)
            let issued = try await scene.proven(person, method)
            let intent = try unwrap(try await scene.begin(of: person, in: issued.session), "the write begins")
            try await scene.finish(intent, .applied)
            try expect(
                try await scene.store.session(token: signIn.token, frontend: VaultScene.frontend) == nil,
                "the sign-in is over"
            )
            try expect(try await scene.answer(VaultScene.code, rivals, in: rival) == .closed, "the rival is closed")
            try expect(
                try await scene.store.dueMessages(limit: 100).filter { $0.message.code != nil }
                    .allSatisfy { $0.message.to == otherMethod.value },
                "codes that were not delivered are gone"
            )
            let told = try await scene.store.dueMessages(limit: 100).filter {
                $0.message.content?.topic == .passwordChanged
            }
            try expect(Set(told.map(\.message.to)) == [method.value, phone.value], "told at all addresses")
            let own = try await scene.store.session(token: issued.token, frontend: VaultScene.frontend)
            try expect(own?.kind.stage == .spent, "the session itself is spent, and says so")
            try expect(try await scene.open(phone, in: issued.session) == .wrongState, "and opens nothing")
            try expect(try await scene.answer(VaultScene.code, others, in: otherSession).isPassed, "others go on")
        },
        VaultRule("a written password, or an administrator, forgets failed attempts and no message") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.proven(person, method).session
            let other = try await scene.reset(.person(person)).session
            let challenge = try await scene.opened(method, in: other)
            _ = try await scene.answer(VaultScene.wrongCode, challenge, in: other)
            _ = try await scene.store.countSignIn(.person(person), limits: scene.limits)
            let counted = try await scene.store.countedLimits(of: person, limits: scene.limits)
            try expect(
                counted.map(\.what.rawValue).sorted() == ["messages", "sign-ins", "wrong-answers"],
                "\(counted)"
            )
            try expect(counted.allSatisfy { $0.count >= 1 && $0.until == nil }, "none is reached")
            let intent = try unwrap(try await scene.begin(of: person, in: session), "the write begins")
            try await scene.finish(intent, .applied)
            let left = try await scene.store.countedLimits(of: person, limits: scene.limits)
            try expect(left.map(\.what) == [.messages], "what was sent stays counted")
            for _ in 0..<scene.limits.signInFailures {
                _ = try await scene.store.countSignIn(.person(person), limits: scene.limits)
            }
            let full = try await scene.store.countedLimits(of: person, limits: scene.limits)
            try expect(full.first { $0.what == .signIns }?.until != nil, "a limit that is reached says until when")
            let isCleared = try await scene.store.clearFailures(of: person, details: [:], by: VaultScene.actor)
            try expect(isCleared, "there was something")
            try expect(try await scene.store.countSignIn(.person(person), limits: scene.limits) == nil, "at once")
        },
        VaultRule("an unlock ends its own session only") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let signIn = try await scene.signIn(.person(person))
            let session = try await scene.reset(.person(person), .unlock).session
            let challenge = try await scene.opened(method, in: session)
            _ = try await scene.answer(VaultScene.code, challenge, in: session)
            let intent = try unwrap(try await scene.begin(.unlock, of: person, in: session), "the unlock begins")
            try await scene.finish(intent, .applied)
            try expect(try await scene.begin(.unlock, of: person, in: session) == nil, "once")
            let found = try await scene.store.session(token: signIn.token, frontend: VaultScene.frontend)
            try expect(found != nil, "the sign-in goes on")
        },
    ]
}

extension Session.Kind {
    package var stage: ResetProgress.Stage? {
        if case .reset(let progress) = self { progress.stage } else { nil }
    }
}
