package import Audit
package import Foundation
import GRDB

extension VaultDatabase: AuditLog {
    package func append(_ event: AuditEvent) async throws {
        try await decide { try $0.audit(event) }
    }

    package func auditRecords(after sequence: Int64, limit: Int) async throws -> [AuditRecord] {
        try await decide { transaction in
            try Row.fetchAll(
                transaction.db,
                cached: "SELECT sequence, payload FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?",
                arguments: [sequence, max(1, limit)]
            ).map(transaction.auditRecord)
        }
    }

    package func auditAnchor() async throws -> AuditAnchor? {
        try await decide { transaction in
            let last = try AuditTable(db: transaction.db, keys: transaction.secrets.keyring.audit).lastRecord()
            return last == .none ? nil : AuditAnchor(sequence: last.sequence, link: last.link)
        }
    }

    package func pruneAudit(before time: Date, limit: Int) async throws -> Int {
        try await decide { transaction in
            let table = AuditTable(db: transaction.db, keys: transaction.secrets.keyring.audit)
            let gone = try AuditPruning(table: table, limit: max(1, limit)).run(before: Milliseconds(time))
            guard gone.count > 0 else { return 0 }
            let details = ["count": "\(gone.count)", "through": "\(gone.last.sequence)"]
            try transaction.audit(AuditEvent(.auditPruned, .done, by: .daemon, details: details))
            return gone.count
        }
    }

    package func verifyAudit(against anchor: AuditAnchor?) async throws -> AuditVerification {
        var walk = AuditWalk(against: anchor)
        while !walk.isFinished {
            walk = try await decide { [walk] transaction in
                var next = walk
                try next.step(AuditTable(db: transaction.db, keys: transaction.secrets.keyring.audit))
                return next
            }
        }
        return walk.result
    }
}
