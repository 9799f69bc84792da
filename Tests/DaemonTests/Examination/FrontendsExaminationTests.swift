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
        #expect(
            found([1, 2]).map(\.verdict) == [.fine] && found([1, 2]).first?.text.contains("nobody else's") == true
        )
        #expect(found([]).first?.text == "there is none")
        let other = found([1, 2, 1])
        #expect(other.map(\.verdict) == [.failure] && other.first?.subject == "f2")
        #expect(other.first?.text.contains("that of the front end f0") == true)
        #expect(found([5]).first?.verdict == .warning && found([5]).first?.text.contains("read the vault") == true)
        #expect(found([0], daemon: nil).first?.text.contains("that of root") == true)
        #expect(found([4]).first?.verdict == .failure && found([4]).first?.text.contains("an administrator") == true)
        #expect(found([4]).allSatisfy { $0.check == .frontends && !$0.pastes.isEmpty })
    }

    @Test("is part of doctor, where the configuration refuses two of one user before")
    func whole() async throws {
        try await withSlapd { slapd in
            let daemon = try DaemonFixture(slapd)
            let alone = try await daemon.runOnce("--doctor")
            #expect(alone.output.contains("warning: host.frontends: portal: its uid 0 is that of root"), "\(alone)")
            let own = "frontends:\n"
            try daemon.reconfigure(own, as: "\(own)  - { name: second, user: root, may: [reset] }\n")
            let refused = try await daemon.runOnce("--doctor")
            #expect(refused.status == 78 && refused.errors.contains("has the same user as"), "\(refused)")
        }
    }
}
