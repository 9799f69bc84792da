import Audit
import Foundation
import GRDB

/// The chain on disk: the records, and one row that authenticates the last of them.
struct AuditTable {
    /// A sequence number with the link of its record.
    struct End: Equatable {
        var sequence: Int64
        var link: [UInt8]

        static let none = End(sequence: 0, link: AuditChain.root)
    }

    let db: Database
    let keys: AuditKeys

    /// The number that the next record gets.
    func nextSequence() throws -> Int64 { try endForAppending().sequence + 1 }

    /// - Parameter end: of this transaction, from ``endForAppending()``.
    func append(_ payload: [UInt8], after end: End) throws {
        let sequence = end.sequence + 1
        let chain = keys.chain(at: sequence)
        let link = chain.link(sequence: sequence, payload: payload, previous: end.link)
        try db.execute(
            cached: "INSERT INTO audit (sequence, payload, link) VALUES (?, ?, ?)",
            arguments: [sequence, Data(payload), Data(link)]
        )
        try db.execute(
            cached: "INSERT OR REPLACE INTO audit_head (id, sequence, link, mac) VALUES (1, ?, ?, ?)",
            arguments: [sequence, Data(link), Data(chain.head(sequence: sequence, link: link))]
        )
    }

    /// Where the chain goes on. An authentic head decides, also when records before it are missing: the gap
    /// stays visible for ever. Without an authentic head one number is left out, which is a gap as well.
    func endForAppending() throws -> End {
        let last = try lastRecord()
        guard let head = try authenticHead() else {
            return last == .none ? .none : End(sequence: last.sequence + 1, link: last.link)
        }
        return last.sequence > head.sequence ? End(sequence: last.sequence + 1, link: last.link) : head
    }

    func lastRecord() throws -> End {
        guard
            let row = try Row.fetchOne(db, cached: "SELECT sequence, link FROM audit ORDER BY sequence DESC LIMIT 1"),
            let link = row["link"] as Data?
        else { return .none }
        return End(sequence: row["sequence"], link: Array(link))
    }

    func authenticHead() throws -> End? {
        guard
            let row = try Row.fetchOne(db, cached: "SELECT sequence, link, mac FROM audit_head"),
            let link = row["link"] as Data?, let mac = row["mac"] as Data?
        else { return nil }
        let end = End(sequence: row["sequence"], link: Array(link))
        let expected = keys.chain(at: end.sequence).head(sequence: end.sequence, link: end.link)
        return expected == Array(mac) ? end : nil
    }

    /// What the first record that is kept follows: nothing, or the last of those that were deleted.
    func base() throws -> End {
        guard
            let row = try Row.fetchOne(db, cached: "SELECT sequence, link, mac FROM audit_base"),
            let link = row["link"] as Data?, let mac = row["mac"] as Data?
        else { return .none }
        let base = End(sequence: row["sequence"], link: Array(link))
        let expected = keys.chain(at: base.sequence).base(sequence: base.sequence, link: base.link)
        return expected == Array(mac) ? base : .none
    }

    /// What is wrong with the end of the chain, as a sentence for the log: nil when nothing is.
    func finding() throws -> String? {
        let last = try lastRecord()
        let head = try authenticHead()
        if head == last || (head == nil && last == .none) { return nil }
        let what = head.map { "ends at record \(last.sequence) instead of \($0.sequence)" }
        return "the audit \(what ?? "has no authentic end"): somebody changed it; "
            + "run `latchkeyctl audit verify` and compare with a backup"
    }
}
