import Foundation
import LatchkeyTesting
import Testing

@testable import Synchronizer

@Suite("The states of following a directory")
struct LifecycleTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)
    private let feed = FeedDescription(server: "ldap://one", strategy: "content-sync", reason: "it can", isLive: true)

    private func following(live: Bool = true, held: Int = 0) -> SyncLifecycle {
        var lifecycle = SyncLifecycle(at: start)
        _ = lifecycle.note(.connects(nil), at: start)
        _ = lifecycle.note(.reached(server: "ldap://one"), at: start)
        _ = lifecycle.note(.identified(feed, isFull: true), at: start)
        _ = lifecycle.note(.caughtUp(isLive: live, held: held), at: start)
        return lifecycle
    }

    @Test("are connect, probe, resync, persist on a first start, each told once with its cause")
    func firstStart() {
        var lifecycle = SyncLifecycle(at: start)
        let steps = [
            SyncHappening.connects(nil), .connects(nil), .reached(server: "ldap://one"), .heard,
            .identified(feed, isFull: true), .heard, .caughtUp(isLive: true, held: 0), .heard,
        ].compactMap { lifecycle.note($0, at: start) }
        #expect(steps.map(\.to) == [.connecting, .probing, .resyncing, .persisting])
        #expect(steps.map(\.from) == [.starting, .connecting, .probing, .resyncing])
        #expect(steps.map(\.cause) == [.started, .reached, .identified, .caughtUp])
        #expect(steps.map(\.number) == [1, 2, 3, 4])
    }

    @Test("tell a resumed refresh from a full one, polling from persisting, and quarantine from both")
    func kinds() {
        var lifecycle = SyncLifecycle(at: start)
        _ = lifecycle.note(.connects(nil), at: start)
        #expect(lifecycle.note(.identified(feed, isFull: false), at: start)?.to == .refreshing)
        #expect(following(live: false).stage.state == .polling)
        var held = following()
        #expect(held.note(.held(3), at: start)?.to == .quarantine)
        #expect(held.note(.held(2), at: start) == nil, "the state is the same")
        #expect(held.note(.held(0), at: start)?.cause == .decided)
        #expect(held.stage.state == .persisting)
    }

    @Test(
        "become stale when the server is silent for longer than it is left alone, and end the connection after a minute"
    )
    func silence() {
        var lifecycle = following()
        #expect(lifecycle.deadline == start + 15)
        #expect(lifecycle.expire(at: start + 14.9) == .nothing)
        guard case .became(let step) = lifecycle.expire(at: start + 15) else { return #expect(Bool(false)) }
        #expect(step.to == .stale && step.cause == .silent && step.deadline == start + 60)
        var back = lifecycle
        #expect(back.note(.heard, at: start + 20)?.to == .persisting)
        #expect(back.deadline == start + 35)
        #expect(lifecycle.expire(at: start + 59) == .nothing)
        guard case .giveUp(let reason) = lifecycle.expire(at: start + 60) else { return #expect(Bool(false)) }
        #expect(reason.contains("said nothing for 60 s"))
    }

    @Test("that wait for the server give up, each after its own time since it was last heard")
    func givingUp() {
        var lifecycle = SyncLifecycle(at: start)
        _ = lifecycle.note(.connects(nil), at: start)
        var early = lifecycle
        guard case .giveUp = early.expire(at: start + 120) else { return #expect(Bool(false)) }
        _ = lifecycle.note(.reached(server: "ldap://one"), at: start + 100)
        #expect(lifecycle.deadline == start + 160)
        _ = lifecycle.note(.identified(feed, isFull: true), at: start + 100)
        _ = lifecycle.note(.heard, at: start + 390)
        #expect(lifecycle.expire(at: start + 400) == .nothing, "every entry is a sign")
        guard case .giveUp = lifecycle.expire(at: start + 690) else { return #expect(Bool(false)) }
    }

    @Test("after a failure is stale with the problem, until the next attempt")
    func failure() {
        var lifecycle = following()
        let step = lifecycle.note(.failed("the server is down", until: start + 30), at: start)
        #expect(step?.to == .stale && step?.text == "the server is down" && step?.deadline == start + 30)
        #expect(lifecycle.expire(at: start + 31) == .nothing, "the engine's own wait ends it")
        #expect(lifecycle.note(.heard, at: start) == nil)
        #expect(lifecycle.note(.connects(nil), at: start)?.cause == .retried)
        var run = SyncRun(id: "1", full: true, dryRun: false)
        run.isVerification = true
        var asked = following()
        #expect(asked.note(.connects(run), at: start)?.text == "everything is compared with the directory")
    }

    @Test(
        "have a deadline wherever a server is waited for, whatever happened, and only steps that exist",
        arguments: 1...8
    )
    func anyHistory(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var lifecycle = SyncLifecycle(at: start)
        var time = start
        var number = 0
        for _ in 0..<2_000 {
            time += Double.random(in: 0...40, using: &random)
            let step: SyncTransition?
            if Bool.random(using: &random) {
                step = lifecycle.note(anything(&random, time), at: time)
            } else if case .became(let silent) = lifecycle.expire(at: time) {
                step = silent
            } else {
                step = nil
            }
            let needsNone: Set<SyncTransition.State> = [.starting, .stopped]
            #expect(lifecycle.deadline != nil || needsNone.contains(lifecycle.stage.state))
            guard let step else { continue }
            number += 1
            #expect(step.number == number && !step.text.isEmpty && (step.from != step.to || step.cause == .failed))
            #expect(Self.steps[step.from]?.contains(step.to) == true, "seed \(seed): \(step)")
        }
    }

    /// From which state which ones can come. Everything can fail, start over and be asked for anew.
    private static let steps: [SyncTransition.State: Set<SyncTransition.State>] = {
        let always: Set<SyncTransition.State> = [.connecting, .stale]
        return [
            .starting: always,
            .connecting: always.union([.probing, .refreshing, .resyncing]),
            .probing: always.union([.refreshing, .resyncing]),
            .refreshing: always.union([.persisting, .polling, .quarantine]),
            .resyncing: always.union([.persisting, .polling, .quarantine]),
            .persisting: always.union([.quarantine]),
            .polling: always.union([.quarantine]),
            .quarantine: always.union([.persisting, .polling]),
            .stale: always.union([.persisting, .polling, .quarantine]),
        ]
    }()

    private func anything(_ random: inout SeededGenerator, _ time: Date) -> SyncHappening {
        switch Int.random(in: 0..<9, using: &random) {
        case 0: .connects(nil)
        case 1: .reached(server: "ldap://one")
        case 2: .identified(feed, isFull: Bool.random(using: &random))
        case 3: .caughtUp(isLive: Bool.random(using: &random), held: Int.random(in: 0...2, using: &random))
        case 4: .held(Int.random(in: 0...2, using: &random))
        case 5: .ended
        case 6: .failed("it failed", until: time + 5)
        case 7: .startsOver("the cookie was refused")
        default: .heard
        }
    }

    @Test("end with the daemon")
    func stopped() {
        var lifecycle = following()
        #expect(lifecycle.note(.stopped, at: start)?.to == .stopped)
        #expect(lifecycle.note(.connects(nil), at: start) == nil && lifecycle.deadline == nil)
    }
}
