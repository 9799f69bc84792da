import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("Starting, and not starting")
struct StartTests {
    private static func daemon(_ change: (inout DaemonOptions) -> Void = { _ in }) async throws -> DaemonFixture {
        try DaemonFixture(try await SlapdFixture(), .with(change))
    }

    @Test("a good configuration passes --check without a word on standard error but warnings")
    func check() async throws {
        let outcome = try await Self.daemon().runOnce("--check")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("no faults"))
        #expect(outcome.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("warning: ") })
    }

    @Test("every fault of a configuration is a line with its place, and the exit status is 78")
    func faults() async throws {
        let daemon = try await Self.daemon { $0.sections = "limts: {}\nlog: { level: loud }" }
        for outcome in [try await daemon.runOnce("--check"), try await daemon.runOnce()] {
            #expect(outcome.status == 78)
            let lines = outcome.errors.split(separator: "\n").filter { !$0.hasPrefix("warning: ") }
            #expect(lines.count == 2, "\(outcome.errors)")
            #expect(lines.allSatisfy { $0.contains("latchkey.yaml:") }, "\(outcome.errors)")
            #expect(lines.contains { $0.contains("limts") && $0.contains("limits") })
            #expect(lines.contains { $0.contains("level") })
        }
    }

    @Test("YAML that cannot be read at all is 78 with its line")
    func brokenYAML() async throws {
        let daemon = try await Self.daemon()
        try daemon.folder.write("directory: [\nusers: }", to: "latchkey.yaml")
        let outcome = try await daemon.runOnce()
        #expect(outcome.status == 78 && outcome.errors.contains("latchkey.yaml:"))
        try FileManager.default.removeItem(atPath: daemon.folder.configuration)
        let missing = try await daemon.runOnce()
        #expect(missing.status == 78 && missing.errors.contains(daemon.folder.configuration))
    }

    @Test(
        "a key that is missing, open to others, or none, is 78, names the setting and starts nothing",
        arguments: ["missing", "open", "short"]
    )
    func key(fault: String) async throws {
        let daemon = try await Self.daemon()
        switch fault {
        case "missing": try FileManager.default.removeItem(atPath: daemon.folder.vaultKey)
        case "open":
            let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o644]
            try FileManager.default.setAttributes(mode, ofItemAtPath: daemon.folder.vaultKey)
        default: try daemon.folder.write("c2hvcnQ=", to: "vault-key")
        }
        let outcome = try await daemon.runOnce()
        #expect(outcome.status == 78, "\(outcome.errors)")
        #expect(outcome.errors.contains("vault.key") || outcome.errors.contains("vault-key"), "\(outcome.errors)")
        #expect(!outcome.errors.contains("c2hvcnQ"))
        #expect(!FileManager.default.fileExists(atPath: daemon.folder.path("state/vault.sqlite")))
    }

    @Test("a vault that another key made is 78 and opens with its own key as before")
    func otherKey() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                try await daemon.portal.enrol("alice", address: "a.private@mail.example", number: "+12025550142")
                await daemon.stop()
                try daemon.folder.write(Data(repeating: 7, count: 32).base64EncodedString(), to: "vault-key")
                let outcome = try await daemon.runOnce()
                #expect(outcome.status == 78 && outcome.errors.contains("key"), "\(outcome.errors)")
                try daemon.folder.write(daemon.vaultKey, to: "vault-key")
                try await daemon.start()
                #expect(try await daemon.portal.signIn("alice").registration.state == "complete")
            }
        }
    }

    @Test("a state folder that others may write to, or that is a file, is 78 and says what to do")
    func state() async throws {
        let open = try await Self.daemon()
        let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o777]
        try FileManager.default.createDirectory(atPath: open.folder.state, withIntermediateDirectories: false)
        try FileManager.default.setAttributes(mode, ofItemAtPath: open.folder.state)
        let writable = try await open.runOnce()
        #expect(writable.status == 78 && writable.errors.contains("chmod 700"))
        let file = try await Self.daemon()
        try file.folder.write("not a folder", to: "state")
        let outcome = try await file.runOnce()
        #expect(outcome.status == 78 && outcome.errors.contains(file.folder.state))
        #expect(try String(contentsOfFile: file.folder.state, encoding: .utf8) == "not a folder")
    }

    @Test("a file in the place of a socket is never replaced", arguments: ["frontend.sock", "admin.sock"])
    func socketPath(name: String) async throws {
        let daemon = try await Self.daemon()
        try daemon.folder.write("precious", to: name)
        let outcome = try await daemon.runOnce()
        #expect(outcome.status == 1 && outcome.errors.contains(name) && outcome.errors.contains("not a socket"))
        #expect(try String(contentsOfFile: daemon.folder.path(name), encoding: .utf8) == "precious")
    }

    @Test("a second daemon on the same state refuses, also with sockets of its own, and the first serves on")
    func second() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let same = try await daemon.runOnce()
                #expect(same.status == 1 && same.errors.contains("another latchkeyd"), "\(same.errors)")
                let text = try String(contentsOfFile: daemon.folder.configuration, encoding: .utf8)
                try daemon.folder.write(
                    text.replacingOccurrences(of: ".sock\"", with: "-2.sock\""),
                    to: "latchkey.yaml"
                )
                let other = try await daemon.runOnce()
                #expect(other.status == 1 && other.errors.contains("another latchkeyd"), "\(other.errors)")
                #expect(try await daemon.portal.signIn("alice").user.login == "alice")
            }
        }
    }

    @Test("a second daemon with a state of its own does not take the first one's sockets")
    func secondOnSockets() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let text = try String(contentsOfFile: daemon.folder.configuration, encoding: .utf8)
                let own = text.replacingOccurrences(of: daemon.folder.state, with: daemon.folder.path("other"))
                try daemon.folder.write(own, to: "latchkey.yaml")
                let outcome = try await daemon.runOnce()
                #expect(outcome.status == 1 && outcome.errors.contains("frontend.sock"), "\(outcome.errors)")
                #expect(try await daemon.portal.signIn("alice").user.login == "alice")
            }
        }
    }
}
