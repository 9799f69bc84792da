import Audit
import Foundation
import LatchkeyTesting
import LocalAPI
import Testing

@testable import AdminCommands

@Suite("Exports of the audit")
struct AuditExportTests {
    private func record(_ action: String = "password.written", details: [String: String] = [:]) -> AuditRecordDocument {
        AuditRecordDocument(
            sequence: 7,
            time: Date(timeIntervalSince1970: 1.5),
            action: action,
            result: "refused",
            actor: .init(kind: "administrator", uid: 1000),
            subject: "0a",
            details: details
        )
    }

    @Test("CEF says who did what to whom and how it went, on one line")
    func line() {
        #expect(
            CEFLine.of(record(details: ["reason": "other", "intent": "3"]))
                == "CEF:0|Latchkey|latchkeyd|1|password.written|password.written|4|rt=1500 externalId=7 outcome=refused "
                + "suser=administrator suid=1000 duid=0a msg=intent\\=3 reason\\=other"
        )
    }

    @Test("what comes from outside forges neither a field nor a line")
    func escaping() {
        let line = CEFLine.of(record("a|b\\c", details: ["why": "x\noutcome=done\r\n|\\"]))
        #expect(!line.contains("\n") && !line.contains("\r"))
        #expect(line.hasPrefix("CEF:0|Latchkey|latchkeyd|1|a\\|b\\\\c|a\\|b\\\\c|4|"))
        #expect(line.components(separatedBy: " outcome=").count == 2)
    }

    @Test("every record comes once, as JSON or CEF, from wherever one went on")
    func command() async throws {
        try await TestSockets.serve { sockets in
            for number in 0..<3 {
                try await sockets.audit.append(AuditEvent(.signIn, .done, by: .daemon, details: ["n": "\(number)"]))
            }
            let json = await Run.command(["audit", "export"], socket: sockets.adminPath)
            let lines = json.out.split(separator: "\n").map { Data($0.utf8) }
            #expect(try lines.map { try APIJSON.decode(AuditRecordDocument.self, from: $0).sequence } == [1, 2, 3])
            let cef = await Run.command(
                ["audit", "export", "--format", "cef", "--after", "2"],
                socket: sockets.adminPath
            )
            #expect(cef.out.hasPrefix("CEF:0|") && cef.out.split(separator: "\n").count == 1)
            let held = await Run.command(
                ["audit", "verify", "--anchor", "9:" + String(repeating: "0", count: 64)],
                socket: sockets.adminPath
            )
            #expect(held.status == 1 && held.out.contains("cut off or replaced"))
            let wrong = await Run.command(["audit", "verify", "--anchor", "9"], socket: sockets.adminPath)
            #expect(wrong.status != 0)
        }
    }
}
