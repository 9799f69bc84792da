import Audit
import GRDB

/// What happens in the first transaction of every start: the keys are opened, or made, or changed.
struct VaultOpening {
    let source: SecretsSource
    let db: Database
    let now: Milliseconds

    /// - Returns: the keys, and sentences for the log.
    func run() throws -> (VaultSecrets, [String]) {
        let opening = try source.store(db).establish()
        var secrets = try source.store(db).load()
        var notices =
            try AuditTable(db: db, keys: secrets.keyring.audit).finding().map { ["\(source.path): \($0)"] } ?? []
        if opening == .wrappedAnew {
            secrets = try RotationStart(store: source.store(db), secrets: secrets, now: now).run(by: .daemon).secrets
            notices.append(
                "\(source.path): the vault is under the configured key (id \(source.keys.first?.id ?? "")) now; the former "
                    + "key may go from the configuration, but backups made before this need it"
            )
        }
        notices += try replayErasures(secrets)
        return (secrets, notices)
    }

    /// The journal beside the file knows more when somebody has put an older file in this one's place.
    private func replayErasures(_ secrets: VaultSecrets) throws -> [String] {
        let transaction = VaultTransaction(db: db, now: now, secrets: secrets)
        let file = ErasureFile(beside: source.path, keys: secrets.keyring.root, database: secrets.database)
        let written = try file.read()
        let outcome = try ErasureReplay(transaction: transaction).run(written)
        let known = Set(written)
        try file.append(try transaction.erasures().filter { !known.contains($0) })
        guard outcome != .init() else { return [] }
        return [
            "\(source.path): \(outcome.people) erased people and \(outcome.methods) removed methods were there again "
                + "and are erased once more; use `latchkeyd --restore` to put a backup back"
        ]
    }
}
