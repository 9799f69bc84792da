import Foundation
import GRDB
import LatchkeyTesting
import Vault

/// A directory of its own for a vault, gone at the end of the test.
final class TemporaryPlace: Sendable {
    let directory: String

    init() throws {
        directory = NSTemporaryDirectory() + "/latchkey-vault-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    var vault: String { directory + "/vault.sqlite" }

    func scene(_ clock: ManualClock = ManualClock(), key: UInt8 = 1) throws -> VaultScene {
        VaultScene(store: try VaultDatabase(path: vault, key: try .test(key), clock: clock), clock: clock)
    }

    /// Another hand on the file, as somebody without the key has it.
    func tamper(_ sql: String, _ arguments: StatementArguments = []) throws {
        let queue = try otherHand()
        try queue.write { db in try db.execute(sql: sql, arguments: arguments) }
        try queue.close()
    }

    func read<Value>(_ sql: String, _ body: (Row) -> Value) throws -> [Value] {
        let queue = try otherHand()
        defer { try? queue.close() }
        return try queue.read { db in try Row.fetchAll(db, sql: sql).map(body) }
    }

    /// Waits where the vault is just being closed, which takes its log away.
    private func otherHand() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(20)
        return try DatabaseQueue(path: vault, configuration: configuration)
    }

    func mode(_ suffix: String = "") throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: vault + suffix)[.posixPermissions] as? Int
    }
}

extension VaultKey {
    static func test(_ byte: UInt8) throws -> VaultKey {
        try VaultKey(secret: Data(repeating: byte, count: byteCount).base64EncodedString().utf8)
    }
}
