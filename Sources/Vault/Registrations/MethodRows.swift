import Foundation
import GRDB
import Identity
import SelfService

extension VaultTransaction {
    /// In the order in which they were added.
    func methods(of person: EntryID) throws -> [RegisteredMethod] {
        try Row.fetchAll(
            db,
            cached: "SELECT id, key, sealed FROM method WHERE person = ? ORDER BY position",
            arguments: [Data(person.bytes)]
        ).map { row in
            let id: String = row["id"]
            let sealed = try secrets.records.open(
                SealedMethod.self,
                from: row["sealed"],
                keyID: row["key"],
                in: context(ofMethod: id, person)
            )
            return sealed.method(id: id)
        }
    }

    func insert(_ method: RegisteredMethod, of person: EntryID) throws {
        try db.execute(
            cached: "INSERT INTO method (id, person, key, sealed) VALUES (?, ?, ?, ?)",
            arguments: [method.id, Data(person.bytes), secrets.keyID, try seal(method, of: person)]
        )
    }

    func update(_ method: RegisteredMethod, of person: EntryID) throws {
        try db.execute(
            cached: "UPDATE method SET key = ?, sealed = ? WHERE id = ? AND person = ?",
            arguments: [secrets.keyID, try seal(method, of: person), method.id, Data(person.bytes)]
        )
    }

    /// Deletes a method, and with it what was sent to it and waits for an answer.
    func delete(_ method: RegisteredMethod, of person: EntryID) throws {
        try db.execute(
            cached: "DELETE FROM method WHERE id = ? AND person = ?",
            arguments: [method.id, Data(person.bytes)]
        )
        try expireChallenges(ofMethod: method.id, of: .person(person))
    }

    /// Makes one method the default and no other; nil: none.
    func setDefault(_ id: String?, of person: EntryID) throws {
        for var method in try methods(of: person) where method.isDefault != (method.id == id) {
            method.isDefault = method.id == id
            try update(method, of: person)
        }
    }

    private func seal(_ method: RegisteredMethod, of person: EntryID) throws -> Data {
        try secrets.records.seal(SealedMethod(method), in: context(ofMethod: method.id, person))
    }

    private func context(ofMethod id: String, _ person: EntryID) -> RecordContext {
        RecordContext(column: .method, owner: person.bytes, record: id)
    }
}
