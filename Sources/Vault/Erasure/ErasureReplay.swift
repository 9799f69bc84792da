import Foundation
import GRDB
import Identity

/// Erases again what a vault from before an erasure still has.
struct ErasureReplay {
    let transaction: VaultTransaction

    /// What was done.
    struct Outcome: Equatable, Sendable {
        var people = 0
        var methods = 0
    }

    /// - Parameter erasures: from the vault that was in use since, or from the journal beside it.
    func run(_ erasures: [Erasure]) throws -> Outcome {
        let known = try transaction.erasures()
        let methods = Set(known.filter { $0.what == .method }.map(\.value))
        let people = Set(known.filter { $0.what == .person })
        let missing = erasures.filter { $0.what == .method ? !methods.contains($0.value) : !people.contains($0) }
        guard !missing.isEmpty else { return Outcome() }
        var outcome = Outcome()
        outcome.people = try erase(Set(missing.filter { $0.what == .person }.map(\.value)))
        for erasure in missing {
            if erasure.what == .method, try remove(erasure) {
                outcome.methods += 1
            } else {
                try transaction.insert(erasure)
            }
        }
        return outcome
    }

    private func erase(_ marks: Set<Data>) throws -> Int {
        guard !marks.isEmpty else { return 0 }
        var count = 0
        for person in try everybody() where marks.contains(Erasure.mark(of: person, transaction.secrets.keyring.root)) {
            try transaction.eraseRows(of: person)
            count += 1
        }
        return count
    }

    /// Whoever has a registration, and whoever the audit is about.
    private func everybody() throws -> Set<EntryID> {
        let registered = try Data.fetchAll(transaction.db, sql: "SELECT person FROM registration")
        return Set(registered.compactMap { EntryID(bytes: $0) }).union(try transaction.auditedPeople())
    }

    /// The trigger notes it.
    private func remove(_ erasure: Erasure) throws -> Bool {
        try transaction.db.execute(
            sql: "DELETE FROM method WHERE id = ?",
            arguments: [String(decoding: erasure.value, as: UTF8.self)]
        )
        return transaction.db.changesCount > 0
    }
}
