package import Audit
import Foundation
import GRDB

extension VaultDatabase: AuditLog {
    package func append(_ event: AuditEvent) async throws {
        try await decide { try $0.audit(event) }
    }

    package func auditRecords(after sequence: Int64, limit: Int) async throws -> [AuditRecord] {
        try await decide { transaction in
            try Row.fetchAll(
                transaction.db,
                sql: "SELECT sequence, payload FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?",
                arguments: [sequence, max(1, limit)]
            ).map(transaction.auditRecord)
        }
    }

    package func verifyAudit() async throws -> AuditVerification {
        var walk = AuditWalk()
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
