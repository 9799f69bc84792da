import Audit
import Foundation
import GRDB
import LatchkeyTesting
import SelfService
import Testing
import Vault

@Suite struct VaultFileTests {
    private func opening(_ place: TemporaryPlace, key: UInt8 = 1) throws -> VaultError {
        try #require(throws: VaultError.self) { try VaultDatabase(path: place.vault, key: .test(key)) }
    }

    @Test("the file and its log are private from the first byte on")
    func modes() async throws {
        let place = try TemporaryPlace()
        let scene = try place.scene()
        _ = try await scene.add("a@x.org", to: VaultScene.person(1))
        for suffix in ["", "-wal", "-shm"] { #expect(try place.mode(suffix) == 0o600) }
    }

    @Test("a file that others could read becomes private, and that is told")
    func looseMode() throws {
        let place = try TemporaryPlace()
        try VaultDatabase(path: place.vault, key: .test(1)).close()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: place.vault)
        let vault = try VaultDatabase(path: place.vault, key: .test(1))
        #expect(try place.mode() == 0o600)
        #expect(vault.notices.count == 1 && vault.notices.first?.contains("could be read by others") == true)
        try vault.close()
        #expect(try VaultDatabase(path: place.vault, key: .test(1)).notices.isEmpty)
    }

    @Test("a symbolic link, a directory and a missing directory are refused with the reason")
    func notAFile() throws {
        let place = try TemporaryPlace()
        try FileManager.default.createSymbolicLink(atPath: place.vault, withDestinationPath: "/tmp/elsewhere")
        #expect(try opening(place).code == .inaccessible)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/elsewhere"))
        try FileManager.default.removeItem(atPath: place.vault)
        try FileManager.default.createDirectory(atPath: place.vault, withIntermediateDirectories: false)
        #expect(try opening(place).code == .inaccessible)
        let error = try #require(throws: VaultError.self) {
            try VaultDatabase(path: place.directory + "/none/vault.sqlite", key: .test(1))
        }
        #expect(error.code == .inaccessible && error.description.contains("No such file or directory"))
    }

    @Test("a commit is on disk before its answer, and deleted rows are overwritten")
    func pragmas() async throws {
        let place = try TemporaryPlace()
        let vault = try VaultDatabase(path: place.vault, key: .test(1))
        let settings = try await vault.settings()
        #expect(settings == ["journal_mode": "wal", "synchronous": "2", "secure_delete": "1", "foreign_keys": "1"])
    }

    @Test("another key does not open the vault, and the error says so without either key")
    func wrongKey() async throws {
        let place = try TemporaryPlace()
        let method = try await place.scene().add("a@x.org", to: VaultScene.person(1))
        let error = try opening(place, key: 2)
        #expect(error.code == .wrongKey && error.place == place.vault)
        let id = try VaultKey.test(1).id
        #expect(error.detail.contains(id) && error.detail.contains("put that key back"))
        let methods = try await place.scene().store.registration(of: VaultScene.person(1)).methods
        #expect(methods == [method], "the refused opening changed nothing")
    }

    @Test("another program's database is refused and left as it is")
    func notOurs() throws {
        let place = try TemporaryPlace()
        try place.tamper("CREATE TABLE theirs (x)")
        let before = try Data(contentsOf: URL(fileURLWithPath: place.vault))
        #expect(try opening(place).code == .notOurs)
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.vault)) == before)
    }

    @Test("a later version's file is refused and left as it is")
    func newerSchema() throws {
        let place = try TemporaryPlace()
        try VaultDatabase(path: place.vault, key: .test(1)).close()
        try place.tamper("INSERT INTO grdb_migrations VALUES ('99')")
        let error = try opening(place)
        #expect(error.code == .newerSchema && error.detail.contains("later version"))
        #expect(try place.read("SELECT * FROM grdb_migrations WHERE identifier = '99'") { $0 }.count == 1)
    }

    @Test("what is no database, or is cut off, is refused and never started anew", arguments: [true, false])
    func damaged(isCutOff: Bool) async throws {
        let place = try TemporaryPlace()
        let vault = try VaultDatabase(path: place.vault, key: .test(1))
        try vault.close()
        let whole = try Data(contentsOf: URL(fileURLWithPath: place.vault))
        let damaged = isCutOff ? whole.prefix(whole.count / 2) : Data(repeating: 0x58, count: 8192)
        try damaged.write(to: URL(fileURLWithPath: place.vault))
        let error = try opening(place)
        #expect(error.code == .damaged && error.detail.contains("restore a backup"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.vault)) == damaged)
    }

    @Test("a full disk is an error that says so, and what was there is still there")
    func fullDisk() async throws {
        let place = try TemporaryPlace()
        let vault = try VaultDatabase(path: place.vault, key: .test(1))
        let person = VaultScene.person(1)
        let scene = VaultScene(store: vault, clock: ManualClock())
        let method = try await scene.add("a@x.org", to: person)
        try await vault.limitPages()
        var caught: VaultError?
        for number in 0..<2000 where caught == nil {
            do {
                let draft = MethodDraft(.email, value: "m\(number)@x.org")
                _ = try await scene.add(draft, to: VaultScene.person(2), limit: 5000)
            } catch let error as VaultError {
                caught = error
            }
        }
        #expect(caught?.code == .unavailable && caught?.detail.contains("free some disk space") == true)
        #expect(try await vault.registration(of: person).methods == [method])
        #expect(try await vault.verifyAudit().isIntact)
    }

    @Test("a vault without its log, as a restore leaves it, opens after a kill in the middle of a transaction")
    func hotJournal() async throws {
        let place = try TemporaryPlace()
        let scene = try place.scene()
        let method = try await scene.add("a@x.org", to: VaultScene.person(1))
        try (scene.store as? VaultDatabase)?.close()
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = place.vault as String] in
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN IMMEDIATE")
                try db.execute(sql: "UPDATE method SET sealed = zeroblob(200000)")
                kill(getpid(), SIGKILL)
            }
        }
        #expect(FileManager.default.fileExists(atPath: place.vault + "-journal"))
        let survivor = try place.scene()
        #expect(try await survivor.store.registration(of: VaultScene.person(1)).methods == [method])
        #expect(try await survivor.store.verifyAudit().isIntact)
    }

    @Test("a closed vault throws an error of its own and does not crash")
    func closed() async throws {
        let place = try TemporaryPlace()
        let vault = try VaultDatabase(path: place.vault, key: .test(1))
        try vault.close()
        await #expect(throws: VaultError.self) { try await vault.registration(of: VaultScene.person(1)) }
    }
}
