import DaemonConfiguration
import LatchkeyTesting
import Synchronizer
import Testing

@testable import DaemonRuntime

@Suite("An examination of the front ends")
struct FrontendsExaminationTests {
    private func found(
        _ uids: [UInt32],
        administrator: UInt32 = 4,
        daemon: UInt32? = 5
    ) -> [Finding] {
        FrontendsExamination(
            frontends: uids.enumerated().map {
                Settings.Frontend(name: "f\($0.offset)", uid: $0.element, may: ["reset"])
            },
            administrators: [Settings.Administrator(who: .user(uid: administrator), may: ["all"])],
            daemon: daemon
        ).findings()
    }

    @Test("finds those that share a uid with each other, the daemon, root, or an administrator")
    func shared() {
        #expect(found([1, 2]).map(\.verdict) == [.fine])
        #expect(found([1, 2]).first?.text == "each has a uid that is nobody else's")
        #expect(found([]).first?.text == "there is none")
        let other = found([1, 2, 1])
        #expect(other.map(\.verdict) == [.failure] && other.first?.subject == "f2")
        let same = "its uid 1 is that of the front end f0: each may do what the other may"
        #expect(other.first?.text == same)
        #expect(other.first?.pastes == [Finding.Paste("as root", "useradd --system --user-group latchkey-f2")])
        for (uid, verdict, whom) in [
            (UInt32(5), Finding.Verdict.warning, "the daemon: it may read the vault"),
            (0, .warning, "root: it may do everything on this host"),
            (4, .failure, "an administrator: it may do what that one may"),
        ] {
            let found = found([uid]).first
            #expect(
                found?.verdict == verdict && found?.text == "its uid \(uid) is that of \(whom)",
                "\(String(describing: found))"
            )
            #expect(found?.check == .frontends && found?.remedy == "Run it as a user of its own.")
        }
    }

    @Test("is part of doctor, where the configuration refuses two of one user before")
    func whole() async throws {
        try await withSlapd { slapd in
            let daemon = try DaemonFixture(slapd)
            let alone = try await daemon.runOnce("--doctor")
            #expect(alone.output.contains("warning: host.frontends: portal: its uid 0 is that of root"), "\(alone)")
            #expect(alone.output.contains("\n    Run it as a user of its own.\n    # as root:\n"), "\(alone)")
            let own = "frontends:\n"
            try daemon.reconfigure(own, as: "\(own)  - { name: second, user: root, may: [reset] }\n")
            let refused = try await daemon.runOnce("--doctor")
            #expect(refused.status == 78 && refused.errors.contains("has the same user as"), "\(refused)")
        }
    }
}
