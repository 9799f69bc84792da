import Foundation
import LatchkeyTesting
import LocalAPI
import Synchronizer
import Testing

@Suite("An examination of the host, with the real daemon and without")
struct HostExaminationTests {
    private func found(_ daemon: DaemonFixture) async throws -> ExaminationDocument {
        let outcome = try await daemon.control("--json", "doctor")
        return try APIJSON.decode(ExaminationDocument.self, from: Data(outcome.output.utf8))
    }

    private func pasted(_ text: String, _ daemon: DaemonFixture) async throws {
        try await Command("/bin/sh", ["-e", "-c", text]).check(in: daemon.folder.url)
    }

    private func mode(_ path: String, _ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test("finds all well beside a daemon that runs, and where none does")
    func well() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let running = try await found(daemon)
                for check in [Check.secrets, .state, .vaultKey, .delivery] {
                    #expect(running.verdicts(check) == ["fine"], "\(running.of(check))")
                }
                #expect(running.text(.secrets) == "each can be read, and by nobody else")
                #expect(running.text(.state) == "mirror and vault are the daemon's alone")
                #expect(running.text(.vaultKey) == "the configured key opens the vault")
                await daemon.stop()
                let alone = try await daemon.runOnce("--doctor")
                #expect(alone.status == 0, "\(alone.output)")
                #expect(alone.output.contains("fine: vault.key: ") && alone.output.contains("opens the vault"))
            }
            let fresh = try DaemonFixture(slapd)
            let first = try await fresh.runOnce("--doctor")
            #expect(first.output.contains("the first start makes it") && first.output.contains("there is no vault yet"))
            #expect(!FileManager.default.fileExists(atPath: fresh.folder.state), "it changes nothing")
        }
    }

    @Test("says of the configuration's file what the daemon would, and what departs from NIST and ASVS")
    func configuration() async throws {
        let scratch = try ScratchDirectory()
        try "letmein\npassword\n".write(toFile: scratch.path("list"), atomically: false, encoding: .utf8)
        let options = DaemonOptions.with {
            $0.passwordRules = "minimumLength: 15\nblocklist: [\"\(scratch.path("list"))\"]"
            $0.policies =
                "  - { name: all, methods: [email, mobile-phone, authenticator], register: { minimum: 2, strong: 1 }, "
                + "reset: { gates: 2 } }"
        }
        try await withSlapd { slapd in
            try await withDaemon(slapd, options) { daemon in
                let good = try await found(daemon)
                #expect(good.verdicts(.configuration) == ["fine"], "\(good.of(.configuration))")
                #expect(good.text(.configuration) == "no faults, and nothing that departs from NIST or ASVS")
                try daemon.reconfigure("minimumLength: 15", as: "minimumLength: 8")
                let weak = try await found(daemon)
                #expect(weak.verdicts(.configuration) == ["warning"] && weak.text(.configuration).contains("NIST"))
                try daemon.reconfigure("minimumLength: 8", as: "minimumLenght: 8")
                let faulty = try await found(daemon)
                let refused = faulty.of(.configuration).first { $0.verdict == "failure" }
                #expect(refused?.text.contains("unknown key") == true, "\(faulty.of(.configuration))")
                #expect(refused?.remedy == "The daemon would refuse it.")
            }
        }
    }

    @Test("finds a secret that others may read, and what it says to paste ends that")
    func secrets() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                try mode(daemon.folder.bindPassword, 0o644)
                let before = try await found(daemon)
                #expect(before.verdicts(.secrets) == ["failure"], "\(before.of(.secrets))")
                #expect(before.text(.secrets).contains("is open to group or others"))
                #expect(before.remedy(.secrets) == "Whoever could read it may have: change the secret as well.")
                #expect(before.of(.secrets).flatMap(\.paste).map(\.place) == ["as its owner"])
                let alone = try await daemon.runOnce("--doctor")
                #expect(alone.status == 78 && alone.errors.contains("is open to group or others"), "\(alone)")
                try await pasted(before.paste(.secrets), daemon)
                #expect(try await found(daemon).verdicts(.secrets) == ["fine"])
            }
        }
    }

    @Test("says of a credential that only the unit has it")
    func credentials() async throws {
        try await withSlapd { slapd in
            let options = DaemonOptions.with {
                $0.delivery = "text: { transport: http, url: \"https://127.0.0.1/send\", token: \"credential:token\" }"
                $0.policies =
                    "  - { name: all, methods: [mobile-phone], register: { minimum: 1 }, reset: { gates: 1 } }"
            }
            let outcome = try await DaemonFixture(slapd, options).runOnce("--doctor")
            #expect(outcome.status == 1, "\(outcome)")
            #expect(outcome.output.contains("warning: host.secrets: delivery.text.token: not checked"), "\(outcome)")
            let remedy = "Run it where the daemon runs: latchkeyctl doctor; or set CREDENTIALS_DIRECTORY."
            #expect(outcome.output.contains("\n    \(remedy)\n"), "\(outcome)")
            #expect(outcome.output.contains("failure: delivery.gateway: delivery: delivery.text.token"), "\(outcome)")
        }
    }

    @Test(
        "finds a vault or a state folder that is open to others, and what it says to paste closes it",
        arguments: [
            ("vault.sqlite", 0o644, "others may read it"), ("vault.sqlite-wal", 0o604, "others may read it"),
            ("mirror.sqlite", 0o640, "others may read it"), ("mirror.sqlite-wal", 0o602, "others may read it"),
            ("", 0o777, "others may write to it"),
        ]
    )
    func state(name: String, open: Int, text: String) async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                try mode(name.isEmpty ? daemon.folder.state : "\(daemon.folder.state)/\(name)", open)
                let before = try await found(daemon)
                #expect(before.verdicts(.state) == ["failure"] && before.text(.state) == text, "\(before.of(.state))")
                #expect(before.remedy(.state) == "Find out who did.")
                try await pasted(before.paste(.state), daemon)
                #expect(try await found(daemon).verdicts(.state) == ["fine"])
            }
        }
    }

    @Test("finds a key that does not open the vault")
    func wrongKey() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let other = Data((0..<32).map { _ in UInt8.random(in: .min ... .max) }).base64EncodedString()
                try daemon.folder.write(other, to: "vault-key")
                let running = try await found(daemon)
                #expect(running.verdicts(.vaultKey) == ["failure"], "\(running.of(.vaultKey))")
                #expect(running.text(.vaultKey).contains("does not open this vault"))
                try daemon.folder.write("no key", to: "vault-key")
                let shapeless = try await found(daemon)
                let text = "is not base64 of 32 bytes; make one with: openssl rand -base64 32"
                #expect(shapeless.text(.secrets) == text && shapeless.remedy(.secrets) == nil, "\(shapeless)")
                #expect(shapeless.verdicts(.vaultKey) == ["failure"] && shapeless.of(.vaultEscrow).isEmpty)
                try daemon.folder.write(other, to: "vault-key")
                await daemon.stop()
                let alone = try await daemon.runOnce("--doctor")
                #expect(alone.status == 1 && alone.output.contains("failure: vault.key: "), "\(alone.output)")
                try daemon.folder.write("no key", to: "vault-key")
                #expect(try await daemon.runOnce("--doctor").status == 78)
            }
        }
    }

    @Test("says when the key file is gone or the vault no vault any more")
    func brokenVault() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                try FileManager.default.removeItem(atPath: daemon.folder.vaultKey)
                let gone = try await found(daemon)
                #expect(gone.verdicts(.vaultKey) == ["failure"] && gone.verdicts(.secrets) == ["failure"], "\(gone)")
                #expect(gone.text(.secrets).contains("cannot be opened: No such file") && gone.remedy(.secrets) == nil)
                #expect(gone.remedy(.vaultKey) == "See host.secrets.", "\(gone.of(.vaultKey))")
                try daemon.folder.write(daemon.vaultKey, to: "vault-key")
                await daemon.stop()
                try Data("no database at all".utf8).write(
                    to: URL(fileURLWithPath: daemon.folder.state + "/vault.sqlite")
                )
                let alone = try await daemon.runOnce("--doctor")
                #expect(alone.status == 1 && alone.output.contains("failure: vault.key: "), "\(alone.output)")
                #expect(alone.output.contains("is damaged; stop the daemon and restore a backup"), "\(alone.output)")
            }
        }
    }

    @Test("wants the copy of the key read back, and takes the id that this says")
    func escrow() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let before = try await found(daemon)
                #expect(before.verdicts(.vaultEscrow) == ["warning"])
                #expect(before.text(.vaultEscrow).contains("nobody has confirmed that there is a copy"))
                let remedy =
                    "Copy the key to where this host's end does not reach, read it back there, and write the id that "
                    + "this says into the configuration."
                #expect(before.remedy(.vaultEscrow) == remedy)
                #expect(
                    before.of(.vaultEscrow).flatMap(\.paste) == [
                        .init(place: "where the copy is", text: "latchkeyd --key-id /PATH/OF/THE/COPY"),
                        .init(place: "the configuration", text: "vault: { key: …, escrow: \"ID\" }"),
                    ]
                )
                try daemon.folder.write(daemon.vaultKey, to: "copy")
                let read = try await daemon.runOnce("--key-id", daemon.folder.path("copy"))
                let id = read.output.trimmingCharacters(in: .whitespacesAndNewlines)
                #expect(read.status == 0 && id.count == 16, "\(read)")
                #expect(!"\(before)".contains(id), "what the copy is to tell is not told here")
                let own = "vault: { key: \"file:\(daemon.folder.vaultKey)\""
                try daemon.reconfigure("\(own) }", as: "\(own), escrow: \"\(String(id.reversed()))\" }")
                #expect(try await daemon.control("reload").status == 0)
                let stale = try await found(daemon)
                let other =
                    "vault.escrow is the id of another key: the copy that was confirmed does not open this vault"
                #expect(stale.text(.vaultEscrow) == other && stale.verdicts(.vaultEscrow) == ["warning"])
                try daemon.reconfigure(String(id.reversed()), as: id)
                #expect(try await daemon.control("reload").status == 0)
                let after = try await found(daemon)
                #expect(after.verdicts(.vaultEscrow) == ["fine"])
                #expect(after.text(.vaultEscrow) == "a copy of it was read back (vault.escrow)")
                try mode(daemon.folder.path("copy"), 0o644)
                let open = try await daemon.runOnce("--key-id", daemon.folder.path("copy"))
                #expect(open.status == 78 && open.errors.contains("chmod 600"), "\(open)")
            }
        }
    }
}

extension ExaminationDocument {
    func of(_ check: Check) -> [Finding] { findings.filter { $0.check == check.rawValue } }

    func verdicts(_ check: Check) -> Set<String> { Set(of(check).map(\.verdict)) }

    func text(_ check: Check) -> String { of(check).map(\.text).joined(separator: "; ") }

    /// Nil where nothing is said, or not everywhere the same.
    func remedy(_ check: Check) -> String? {
        let remedies = Set(of(check).map(\.remedy))
        return remedies.count == 1 ? remedies.first ?? nil : nil
    }

    func paste(_ check: Check) throws -> String { try #require(of(check).flatMap(\.paste).first).text }
}
