import Foundation
import LatchkeyTesting
import LocalAPI
import Testing

@Suite("latchkeyctl's exit codes, with the real daemon")
struct ExitCodeTests {
    @Test("0 done, 1 refused, 2 usage, 75 try again, 69 nobody there")
    func codes() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                #expect(try await daemon.control("status").status == 0)
                #expect(try await daemon.control("--help").status == 0)
                let unknown = try await daemon.control("users", "show", "nobody-at-all")
                #expect(unknown.status == 1 && unknown.output.isEmpty && !unknown.errors.isEmpty)
                for arguments in [["users", "shwo", "alice"], ["users", "show"], ["--jsn", "status"], []] {
                    let outcome = try await daemon.control(arguments)
                    #expect(outcome.status == 2 && outcome.output.isEmpty, "\(arguments)")
                }
                let examined = try await daemon.control("doctor")
                #expect(examined.status == 0 && examined.output.contains("directory.following"))
                let alone = try await daemon.runOnce("--doctor")
                #expect(alone.status == 0 && alone.output.contains("followed by content-sync"), "\(alone)")
                await slapd.kill()
                #expect(try await daemon.runOnce("--doctor").status == 1)
                let later = try await daemon.control("unlock", "alice")
                #expect(later.status == 75, "\(later.errors)")
                #expect(try await daemon.control("users", "show", "alice").status == 0)
                await daemon.stop()
                let gone = try await daemon.control("status")
                #expect(gone.status == 69 && gone.output.isEmpty)
                #expect(gone.errors.contains(daemon.folder.adminSocket) && gone.errors.contains("latchkeyd --doctor"))
            }
        }
    }
}
