package import Audit
import Foundation
import GRDB
package import Identity
package import SelfService

extension VaultDatabase: PersonalData {
    package func export(_ person: EntryID, reason: String, by actor: AuditActor) async throws -> PersonExport {
        var export = try await decide { transaction in
            try transaction.audit(
                AuditEvent(.personExported, .done, by: actor, about: person, details: ["why": reason])
            )
            return try transaction.export(person)
        }
        export.audit = try await auditRecords(about: person)
        return export
    }

    package func erase(_ person: EntryID, reason: String, by actor: AuditActor) async throws -> ErasureReport? {
        let report = try await decide { try $0.erase(person, reason: reason, by: actor) }
        // The log still has the pages as they were.
        if report != nil { try await checkpoint() }
        return report
    }

    private func checkpoint() async throws {
        try await queue.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }

    /// A batch at a time, so that decisions are made in between.
    private func auditRecords(about person: EntryID) async throws -> [AuditRecord] {
        var (records, last): ([AuditRecord], Int64?) = ([], 0)
        while let after = last {
            let page = try await auditRecords(after: after, limit: AuditWalk.batch)
            records += page.filter { $0.event.subject == person }
            last = page.count < AuditWalk.batch ? nil : page.last?.sequence
        }
        return records
    }
}
