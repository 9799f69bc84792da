import Foundation
import Identity
package import SelfService

extension VaultRule {
    static let registrations: [VaultRule] = [
        VaultRule("an unknown person has an empty registration") { scene in
            let registration = try await scene.store.registration(of: VaultScene.person(9))
            try expect(registration == StoredRegistration(person: VaultScene.person(9)), "it is empty")
        },
        VaultRule("a method comes back as it was added, unverified, with an id of 32 hexadecimal digits") { scene in
            let person = VaultScene.person(1)
            let added = try await scene.add("+12025550142", .mobilePhone, label: "my phone 📱", to: person)
            let stored = try await scene.store.registration(of: person).methods
            try expect(stored == [added], "it is the one that was added")
            try expect(added.state == .unverified && !added.isDefault && added.verifiedAt == nil, "unverified")
            try expect(added.addedAt == scene.clock.now, "added now")
            try expect(added.id.count == 32 && added.id.allSatisfy(\.isHexDigit), "the id has its form")
        },
        VaultRule("an unverified method of the same value is kept with its new label, a verified one stands") { scene in
            let person = VaultScene.person(1)
            let first = try await scene.add("a@example.org", label: "one", to: person)
            let second = try await scene.add("a@example.org", label: "two", to: person)
            var methods = try await scene.store.registration(of: person).methods
            try expect(methods == [second] && first.id == second.id, "it is the one from before")
            let session = try await scene.signIn(.person(person)).session
            _ = try await scene.answer(VaultScene.code, try await scene.opened(second, in: session), in: session)
            let third = try await scene.add(MethodDraft(.email, value: "a@example.org", label: "three"), to: person)
            methods = try await scene.store.registration(of: person).methods
            try expect(third == nil && methods.map(\.id) == [second.id], "the verified one stands")
        },
        VaultRule("a person has no more methods than the limit, and a replaced one does not count") { scene in
            let person = VaultScene.person(1)
            func add(_ value: String) async throws -> RegisteredMethod? {
                try await scene.add(MethodDraft(.email, value: value), to: person, limit: 2)
            }
            let added = [try await add("a@x.org"), try await add("b@x.org"), try await add("c@x.org")]
            try expect(added.map { $0 != nil } == [true, true, false], "the third is refused")
            try expect(try await add("b@x.org") != nil, "one that replaces is not")
        },
        VaultRule("a change touches the person's own method only, and there is one default") { scene in
            let person = VaultScene.person(1)
            let first = try await scene.verified("a@x.org", of: person)
            let second = try await scene.verified("b@x.org", of: person)
            try expect(first.isDefault && !second.isDefault, "the first verified one is the default")
            let foreign = try await scene.store.changeMethod(
                second.id,
                of: VaultScene.person(2),
                label: "stolen",
                isDefault: nil,
                by: VaultScene.actor
            )
            try expect(foreign == nil, "somebody else has no such method")
            let changed = try await scene.store.changeMethod(
                second.id,
                of: person,
                label: "work",
                isDefault: true,
                by: VaultScene.actor
            )
            let methods = try await scene.store.registration(of: person).methods
            try expect(changed?.label == "work" && methods.map(\.label) == ["mine", "work"], "the label is new")
            try expect(methods.map(\.isDefault) == [false, true], "the default has moved")
        },
        VaultRule("a removed method is gone with its challenges and messages, and the default passes on") { scene in
            let person = VaultScene.person(1)
            let first = try await scene.verified("a@x.org", of: person)
            let second = try await scene.verified("b@x.org", of: person)
            let session = try await scene.signIn(.person(person)).session
            let challenge = try await scene.opened(first, in: session)
            let pending = try await scene.store.dueMessages(limit: 100).filter { $0.message.to == first.value }.count
            try expect(pending == 3, "its codes wait: of its verification, of the proof for the second, of now")
            try expect(
                try await !scene.store.removeMethod(
                    first.id,
                    of: VaultScene.person(2),
                    notice: nil,
                    by: VaultScene.actor
                ),
                "nobody else removes it"
            )
            try expect(
                try await scene.store.removeMethod(first.id, of: person, notice: nil, by: VaultScene.actor),
                "it was there"
            )
            try expect(
                try await !scene.store.removeMethod(first.id, of: person, notice: nil, by: VaultScene.actor),
                "and is gone"
            )
            let methods = try await scene.store.registration(of: person).methods
            try expect(methods.map(\.id) == [second.id] && methods.allSatisfy(\.isDefault), "the other is default")
            try expect(try await scene.answer(VaultScene.code, challenge, in: session) == .closed, "nothing to answer")
            let left = try await scene.store.dueMessages(limit: 100).filter { $0.message.to == first.value }
            try expect(left.allSatisfy { $0.deadline < scene.clock.now }, "the code that waited does not leave")
        },
        VaultRule("completion is recorded once, confirmation every time") { scene in
            let person = VaultScene.person(1)
            let start = scene.clock.now
            try await scene.store.markComplete(person, policy: "staff", by: VaultScene.actor)
            scene.clock.advance(by: 60)
            try await scene.store.markComplete(person, policy: "staff", by: VaultScene.actor)
            try await scene.store.markConfirmed(person, by: VaultScene.actor)
            scene.clock.advance(by: 60)
            try await scene.store.markConfirmed(person, by: VaultScene.actor)
            let registration = try await scene.store.registration(of: person)
            try expect(registration.completedAt == start, "complete since the first time")
            try expect(registration.confirmedAt == start.addingTimeInterval(120), "confirmed the last time")
        },
        VaultRule("a person whose entry is gone loses sessions, challenges and messages, not the methods") { scene in
            let (gone, other) = (VaultScene.person(1), VaultScene.person(2))
            let method = try await scene.verified("a@x.org", of: gone)
            let otherMethod = try await scene.verified("b@x.org", of: other)
            let session = try await scene.signIn(.person(gone))
            let challenge = try await scene.opened(method, in: session.session)
            let otherSession = try await scene.signIn(.person(other))
            let otherChallenge = try await scene.opened(otherMethod, in: otherSession.session)
            try await scene.store.disable([gone, VaultScene.person(3)])
            try expect(
                try await scene.store.session(token: session.token, frontend: VaultScene.frontend) == nil,
                "the session is over"
            )
            try expect(
                try await scene.answer(VaultScene.code, challenge, in: session.session) == .closed,
                "the challenge is closed"
            )
            let messages = try await scene.store.dueMessages(limit: 100)
            try expect(messages.allSatisfy { $0.message.to != method.value }, "no message leaves")
            try expect(try await scene.store.registration(of: gone).methods == [method], "the method stays")
            try expect(
                try await scene.answer(VaultScene.code, otherChallenge, in: otherSession.session).isPassed,
                "nobody else is touched"
            )
        },
    ]
}

extension ChallengeAnswer {
    /// Whether the answer was right.
    package var isPassed: Bool {
        if case .passed = self { true } else { false }
    }
}
