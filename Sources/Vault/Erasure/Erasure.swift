import Crypto
import Foundation
import GRDB
import Identity

/// That a person was erased or a method removed: what no restore may bring back.
struct Erasure: Hashable, Sendable {
    enum What: String, Sendable {
        case person, method
    }

    var what: What
    /// A person's keyed hash, which tells nobody who it was; a method's random id.
    var value: Data
    var time: Milliseconds

    init(what: What, value: Data, time: Milliseconds) {
        self.what = what
        self.value = value
        self.time = time
    }

    init?(_ row: Row) {
        guard let what = What(rawValue: row["what"]), let value = row["value"] as Data? else { return nil }
        self.init(what: what, value: value, time: Milliseconds(count: row["time"]))
    }

    /// A method's id is never used again: when it went does not matter.
    func isSame(as other: Erasure) -> Bool {
        what == other.what && value == other.value && (what == .method || time == other.time)
    }

    static func mark(of person: EntryID, _ keys: VaultKeys) -> Data {
        let input = CanonicalBytes.join([Array("latchkey erasure 1".utf8), person.bytes])
        return Data(HMAC<SHA256>.authenticationCode(for: input, using: keys.erasures))
    }
}

extension VaultTransaction {
    func noteErasure(of person: EntryID) throws {
        let mark = Erasure.mark(of: person, secrets.keyring.root)
        try insert(Erasure(what: .person, value: mark, time: now))
    }

    func insert(_ erasure: Erasure) throws {
        try db.execute(
            sql: "INSERT INTO erasure (what, value, time) VALUES (?, ?, ?)",
            arguments: [erasure.what.rawValue, erasure.value, erasure.time.count]
        )
    }

    func erasures() throws -> [Erasure] {
        try Row.fetchAll(db, sql: "SELECT * FROM erasure ORDER BY id").compactMap(Erasure.init)
    }
}
