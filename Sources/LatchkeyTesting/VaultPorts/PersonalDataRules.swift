import Audit
import Foundation
import Identity
import SelfService

extension VaultRule {
    private static let reason = "asked by letter"

    static let personalData: [VaultRule] = [
        VaultRule("who is erased has nothing left, is named nowhere in the audit, and leaves it whole") { scene in
            let (gone, other) = (VaultScene.person(1), VaultScene.person(2))
            let method = try await scene.verified("a@x.org", of: gone)
            _ = try await scene.verified("b@x.org", of: other)
            let session = try await scene.proven(gone, method)
            let count = try await scene.store.verifyAudit().count
            let report = try await scene.store.erase(gone, reason: reason, by: .daemon)
            try expect(report == ErasureReport(methods: 1, hadAuditRecords: true), "it says what it did")
            let empty = StoredRegistration(person: gone)
            try expect(try await scene.store.registration(of: gone) == empty, "no registration is left")
            let token = session.token
            try expect(
                try await scene.store.session(token: token, frontend: VaultScene.frontend) == nil,
                "no session is left"
            )
            try expect(try await scene.actions(about: gone).isEmpty, "the audit names them no more")
            try expect(try await !scene.actions(about: other).isEmpty, "and others as before")
            let audit = try await scene.store.verifyAudit()
            try expect(audit.isIntact && audit.count == count + 1, "the audit is whole, and has the erasure")
            try expect(try await scene.store.registration(of: other).methods.count == 1, "nobody else is touched")
        },
        VaultRule("who was erased may register anew, and is somebody new to the audit") { scene in
            let person = VaultScene.person(1)
            _ = try await scene.verified("a@x.org", of: person)
            _ = try await scene.store.erase(person, reason: reason, by: .daemon)
            let method = try await scene.verified("a@x.org", of: person)
            try expect(try await scene.store.registration(of: person).methods.map(\.id) == [method.id], "once")
            try expect(try await scene.actions(about: person).first == .methodAdded, "from here on")
        },
        VaultRule("nobody is erased while a write to their entry has no outcome") { scene in
            let person = VaultScene.person(1)
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.proven(person, method)
            let intent = try unwrap(try await scene.begin(of: person, in: session.session), "a write begins")
            try expect(try await scene.store.erase(person, reason: reason, by: .daemon) == nil, "not now")
            try await scene.finish(intent, .unknown)
            try expect(try await scene.store.erase(person, reason: reason, by: .daemon) == nil, "nor now")
            try await scene.finish(intent, .applied)
            try expect(try await scene.store.erase(person, reason: reason, by: .daemon) != nil, "then it is done")
        },
        VaultRule("an export has what is kept of the person and of nobody else, and is recorded with its reason") {
            scene in
            let person = VaultScene.person(1)
            let method = try await scene.verified("a@x.org", of: person)
            _ = try await scene.verified("b@x.org", of: VaultScene.person(2))
            _ = try await scene.proven(person, method)
            let export = try await scene.store.export(person, reason: reason, by: .administrator(uid: 7))
            try expect(export.registration.methods.map(\.value) == ["a@x.org"], "the methods")
            try expect(export.sessions.map(\.startedFor) == ["reset"], "the sessions that are not past")
            try expect(export.audit.allSatisfy { $0.event.subject == person }, "what the audit says of them")
            let last = AuditEvent(
                .personExported,
                .done,
                by: .administrator(uid: 7),
                about: person,
                details: ["why": reason]
            )
            try expect(export.audit.last?.event == last, "the export itself")
        },
        VaultRule("new keys write at once, and sessions, codes, counts and methods stay what they were") { scene in
            let person = VaultScene.person(1)
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.reset(.person(person))
            let challenge = try await scene.opened(method, in: session.session)
            for _ in 0..<2 { _ = try await scene.answer(VaultScene.wrongCode, challenge, in: session.session) }
            let before = try await scene.store.keyStatus()
            try expect(try await scene.store.rotateKeys(by: .administrator(uid: 7)), "it begins")
            try expect(try await scene.store.keyStatus().writingKey != before.writingKey, "another key writes")
            for _ in 0..<2 {
                let answer = try await scene.answer(VaultScene.wrongCode, challenge, in: session.session)
                try expect(answer == .wrong, "the challenge goes on")
            }
            guard case .passed = try await scene.answer(VaultScene.code, challenge, in: session.session) else {
                throw RuleBroken(description: "the right code is right at the fifth answer")
            }
            let token = session.token
            try expect(
                try await scene.store.session(token: token, frontend: VaultScene.frontend) != nil,
                "the session goes on"
            )
            try expect(try await scene.store.verifyAudit().isIntact, "the audit goes on")
        },
    ]
}
