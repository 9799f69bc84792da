import Audit
import Foundation
import GRDB

/// Recomputes the chain from its first record, a batch at a time so that decisions can be made in between.
struct AuditWalk: Sendable {
    static let batch = 1000

    private(set) var result = AuditVerification(count: 0)
    private(set) var isFinished = false
    private var end: AuditTable.End?
    private let anchor: AuditAnchor?

    /// - Parameter anchor: where the chain once ended.
    init(against anchor: AuditAnchor? = nil) {
        self.anchor = anchor
    }

    /// Reads one more batch.
    mutating func step(_ table: AuditTable) throws {
        let end = try self.end ?? begin(table)
        let rows = try Row.fetchAll(
            table.db,
            sql: "SELECT sequence, payload, link FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?",
            arguments: [end.sequence, Self.batch]
        )
        for row in rows { check(row, after: self.end ?? end, table.keys) }
        // The head is compared in the transaction that saw no further record.
        guard rows.count < Self.batch else { return }
        isFinished = true
        try checkHead(table, self.end ?? end)
    }

    private mutating func begin(_ table: AuditTable) throws -> AuditTable.End {
        let base = try table.base()
        end = base
        if let anchor {
            result.anchor = base.sequence > anchor.sequence ? .tooOld : .broken
            compare(base)
        }
        return base
    }

    private mutating func compare(_ place: AuditTable.End) {
        if let anchor, anchor.sequence == place.sequence, anchor.link == place.link { result.anchor = .holds }
    }

    private mutating func check(_ row: Row, after end: AuditTable.End, _ keys: AuditKeys) {
        let sequence: Int64 = row["sequence"]
        let payload = (row["payload"] as Data?).map(Array.init) ?? []
        let stored = (row["link"] as Data?).map(Array.init) ?? []
        let link = keys.chain(at: sequence).link(sequence: sequence, payload: payload, previous: end.link)
        if sequence != end.sequence + 1 || link != stored { found(at: end.sequence + 1) }
        result.count += 1
        // From here on what is stored: one broken link does not hide whether there are more records.
        let next = AuditTable.End(sequence: sequence, link: stored)
        compare(next)
        self.end = next
    }

    private mutating func checkHead(_ table: AuditTable, _ end: AuditTable.End) throws {
        let head = try table.authenticHead()
        if head != end, !(head == nil && end == .none) { found(at: end.sequence + 1) }
    }

    private mutating func found(at sequence: Int64) {
        if result.brokenAt == nil { result.brokenAt = sequence }
    }
}
