import Audit
import Foundation
import Identity
import SelfService

extension VaultRule {
    private static let person = VaultScene.person(1)

    static let records: [VaultRule] = [
        VaultRule("every decision leaves its record, numbered without gaps, at its time") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.proven(person, method).session
            _ = try await scene.add("b@x.org", to: person)
            _ = try await scene.opened(method, in: try await scene.signIn(.person(person)).session)
            let intent = try unwrap(try await scene.begin(of: person, in: session), "the write begins")
            try await scene.finish(intent, .refused, reason: .passwordTooShort)
            let records = try await scene.store.auditRecords(after: 0, limit: 1000)
            let actions = records.map(\.event.action)
            let expected: [AuditAction] = [
                .methodAdded, .signIn, .challengeOpened, .methodVerified, .resetStarted, .challengeOpened, .gatePassed,
                .methodAdded, .signIn, .challengeOpened, .passwordWriteIntended, .passwordWritten,
            ]
            try expect(actions == expected, "all of them, in order: \(actions)")
            try expect(records.map(\.sequence) == (1...12).map(Int64.init), "1 to 12")
            try expect(records.last?.time == scene.clock.now, "at their time")
            try expect(records.allSatisfy { $0.event.subject == person }, "about the person")
            try expect(records.last?.event.details["reason"] == "password-too-short", "with the reason")
            try expect(try await scene.store.verifyAudit() == AuditVerification(count: 12), "the chain is whole")
        },
        VaultRule("what is not done leaves no record") { scene in
            let session = try await scene.signIn(.person(person)).session
            _ = try await scene.begin(of: person, in: session)
            _ = try await scene.open(VaultScene.decoyMethod(), in: session)
            _ = try await scene.store.removeMethod("none", of: person, notice: nil, by: VaultScene.actor)
            try expect(try await scene.store.auditRecords(after: 0, limit: 10).count == 1, "only the sign-in")
        },
        VaultRule("records are appended and read in pages") { scene in
            let events = (0..<25).map { number in
                AuditEvent(
                    .personLookedUp,
                    .done,
                    by: .administrator(uid: 1000),
                    about: person,
                    details: ["n": "\(number)", "text": "ü/\"\\"]
                )
            }
            for event in events { try await scene.store.append(event) }
            var read: [AuditRecord] = []
            while true {
                let page = try await scene.store.auditRecords(after: read.last?.sequence ?? 0, limit: 10)
                if page.isEmpty { break }
                try expect(page.count <= 10, "a page has its size")
                read += page
            }
            try expect(read.map(\.event) == events, "all of them, as they were")
        },
        VaultRule("an empty audit is whole") { scene in
            try expect(try await scene.store.verifyAudit() == AuditVerification(count: 0), "it is")
        },
    ]
}
