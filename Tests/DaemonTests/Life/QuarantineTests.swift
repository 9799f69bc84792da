import Foundation
import LatchkeyTesting
import LocalAPI
import Testing

@Suite("latchkeyctl quarantine, with the real daemon")
struct QuarantineTests {
    @Test("shows who would go after the directory was emptied, and releases them by their number")
    func release() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let before = try await daemon.document(StatusDocument.self, "status")
                await daemon.stop()
                let people = ["alice", "bob", "carol", "dave", "erin"]
                try await slapd.modify(
                    people.map { "dn: \(slapd.person($0))\nchangetype: delete\n" }.joined(separator: "\n")
                )
                try await daemon.start()
                try await eventually("held") {
                    try await daemon.document(StatusDocument.self, "status").sync.state == "held"
                }
                let status = try await daemon.document(StatusDocument.self, "status")
                #expect(status.users == before.users)
                #expect(status.sync.problem?.contains("latchkeyctl quarantine show 1") == true)
                let list = try await daemon.document(ListDocument<HeldBatchDocument>.self, "quarantine", "list")
                let batch = try #require(list.items.first)
                #expect(batch.removals == status.quarantine.removals && batch.users == before.users)
                let shown = try await daemon.control("quarantine", "show", "1")
                #expect(shown.output.contains("user: \(slapd.person("alice"))"))
                let wrong = try await daemon.control(
                    "quarantine",
                    "release",
                    "1",
                    "--removals",
                    "1",
                    "--reason",
                    "closed"
                )
                #expect(wrong.status == 1 && wrong.errors.contains("\(batch.removals)"))
                let number = String(batch.removals)
                let done = try await daemon.control(
                    ["quarantine", "release", "1", "--removals", number, "--reason", "closed"]
                )
                #expect(done.status == 0, "\(done.errors)")
                let after = try await daemon.document(StatusDocument.self, "status")
                #expect(after.users == 0 && after.quarantine.removals == 0)
                let audit = try await daemon.control("--json", "audit", "list")
                #expect(audit.output.contains("quarantine.released") && audit.output.contains("closed"))
            }
        }
    }
}
