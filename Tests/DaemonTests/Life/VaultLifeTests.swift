import Audit
import Foundation
import Identity
import LatchkeyTesting
import LocalAPI
import SelfService
import Testing
import Vault

/// The real programs: backup, restore, new keys, export and erasure, as an administrator does them.
@Suite("The vault's life")
struct VaultLifeTests {
    private static let address = "a.private@mail.example"
    private static let number = "+12025550142"

    private func folder(_ daemon: DaemonFixture) throws -> String {
        let path = daemon.folder.path("backups")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private func change(_ daemon: DaemonFixture, keys: String) throws {
        let text = try String(contentsOfFile: daemon.folder.configuration, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("vault:") ? "vault: { key: \(keys) }" : String(line)
        }
        try daemon.folder.write(lines.joined(separator: "\n"), to: "latchkey.yaml")
    }

    @Test("a backup of the running daemon is restored without it, and the erased stay erased")
    func backupAndRestore() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                try await daemon.portal.enrol("alice", address: Self.address, number: Self.number)
                let export = try await daemon.document(
                    PersonExportDocument.self,
                    "vault",
                    "export-user",
                    "alice",
                    "--reason",
                    "asked"
                )
                #expect(Set(export.methods.compactMap(\.value)) == [Self.address, Self.number])
                let first = try await daemon.document(BackupDocument.self, "vault", "backup", try folder(daemon))
                let busy = try await daemon.runOnce("--restore", first.path)
                #expect(busy.status == 1 && busy.errors.contains("another latchkeyd"))
                await daemon.stop()
                let restored = try await daemon.runOnce("--restore", first.path)
                #expect(restored.status == 0 && restored.output.contains("1 registrations"), "\(restored.errors)")
                try await daemon.start()
                #expect(try await daemon.portal.signIn("alice").registration.state == "complete")
                let erased = try await daemon.document(
                    ErasureDocument.self,
                    "vault",
                    "erase-user",
                    "alice",
                    "--reason",
                    "asked",
                    "--yes"
                )
                #expect(erased.methods == 2 && erased.audit)
                await daemon.stop()
                #expect(try await daemon.runOnce("--restore", first.path).status == 0)
                try await daemon.start()
                #expect(try await daemon.portal.signIn("alice").registration.state == "incomplete")
                #expect(try await daemon.control("audit", "verify").status == 0)
                for (name, content) in try daemon.folder.stateFiles() where !name.hasPrefix("mirror") {
                    for text in [Self.address, Self.number] { #expect(content.range(of: Data(text.utf8)) == nil) }
                }
            }
        }
    }

    @Test("a new key before the old one rotates everything on line, and then suffices alone")
    func newKey() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                try await daemon.portal.enrol("alice", address: Self.address, number: Self.number)
                let before = try await daemon.document(VaultKeysDocument.self, "vault", "status")
                #expect(before.complete)
                await daemon.stop()
                let key = Data((0..<32).map { _ in UInt8.random(in: .min ... .max) }).base64EncodedString()
                try daemon.folder.write(key, to: "new-key")
                let new = "\"file:\(daemon.folder.path("new-key"))\""
                try change(daemon, keys: "[\(new), \"file:\(daemon.folder.vaultKey)\"]")
                try await daemon.start()
                try await eventually("the rotation ends") {
                    try await daemon.document(VaultKeysDocument.self, "vault", "status").complete
                }
                let after = try await daemon.document(VaultKeysDocument.self, "vault", "status")
                #expect(after.configuredKey != before.configuredKey && after.writingKey != before.writingKey)
                await daemon.stop()
                try change(daemon, keys: new)
                try await daemon.start()
                #expect(try await daemon.portal.signIn("alice").registration.state == "complete")
                #expect(try await daemon.control("vault", "rotate-key").status == 0)
                #expect(try await daemon.control("audit", "verify").status == 0)
                #expect(!daemon.log.contains(key) && !daemon.log.contains(daemon.vaultKey))
            }
        }
    }

    @Test("kill -9 at random moments of a restore leaves a vault with everything in it")
    func killedRestore() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                try await daemon.portal.enrol("alice", address: Self.address, number: Self.number)
                let user = try await daemon.document(UserDocument.self, "users", "show", "alice")
                let backup = try await daemon.document(BackupDocument.self, "vault", "backup", try folder(daemon))
                await daemon.stop()
                let key = try VaultKey(secret: daemon.vaultKey.utf8)
                let program = [try BuiltPrograms.latchkeyd, "--config", daemon.folder.configuration]
                for round in 0..<25 {
                    let after = String(format: "%.3f", Double.random(in: 0.02...0.25))
                    let arguments = ["-s", "KILL", after] + program + ["--restore", backup.path]
                    _ = try await Command("/usr/bin/timeout", arguments).run(in: daemon.folder.url)
                    let vault = try VaultDatabase(path: daemon.folder.path("state/vault.sqlite"), key: key)
                    let person = try #require(EntryID(user.id))
                    let values = try await vault.registration(of: person).methods.map(\.value)
                    #expect(Set(values) == [Self.address, Self.number], "round \(round), killed after \(after) s")
                    #expect(try await vault.verifyAudit().isIntact)
                    try vault.close()
                }
                try await daemon.start()
                #expect(try await daemon.portal.signIn("alice").registration.state == "complete")
            }
        }
    }
}
