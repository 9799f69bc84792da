import Foundation
import Identity
import LatchkeyTesting
import Testing

@testable import Synchronizer

@Suite("What comes next")
struct SyncMachineTests {
    private let time = Date(timeIntervalSince1970: 1_800_000_000)
    private let cookies: [SyncScope: SyncCookie] = [
        .users: SyncCookie(bytes: [1]), .roles: SyncCookie(bytes: [2]),
    ]
    private var state: MirrorState { MirrorState(identity: "feed", cookies: cookies, generation: 3, users: 9) }
    private var machine = SyncMachine()

    private func fail(
        _ machine: inout SyncMachine,
        _ cause: SyncFailure.Cause,
        resumed: Bool = true
    ) -> (next: SyncMachine.Next, notice: SyncMachine.Notice?) {
        machine.failed(SyncFailure(cause, "problem \(cause)"), resumed: resumed, at: time, random: 0)
    }

    @Test("is an attempt from the cookies, if they are this feed's")
    func cookiesOfThisFeed() {
        var machine = machine
        #expect(machine.attempt(state, identity: "feed", run: nil).cookies == cookies)
        #expect(machine.attempt(state, identity: "other", run: nil).cookies.isEmpty)
    }

    @Test("is an attempt without cookies for a full sync, and one that does not follow for a dry run")
    func purposes() {
        var machine = machine
        let full = machine.attempt(state, identity: "feed", run: SyncRun(id: "1", full: true, dryRun: false))
        #expect(full.purpose == .full && full.cookies.isEmpty && full.mode == .refreshAndPersist)
        let dry = machine.attempt(state, identity: "feed", run: SyncRun(id: "1", full: false, dryRun: true))
        #expect(dry.purpose == .dryRun && dry.cookies.isEmpty && dry.mode == .refreshOnly)
    }

    @Test("after a refused cookie is an attempt without it at once, until one succeeds")
    func refusedCookie() {
        var machine = machine
        #expect(fail(&machine, .feed(.cookieRejected)).next == .attemptNow)
        #expect(machine.attempt(state, identity: "feed", run: nil).cookies.isEmpty)
        _ = machine.succeeded(at: time)
        #expect(machine.attempt(state, identity: "feed", run: nil).cookies == cookies)
    }

    @Test("after a refusal without a cookie is a wait: it would not be the cookie")
    func refusedWithoutCookie() {
        var machine = machine
        #expect(fail(&machine, .feed(.cookieRejected), resumed: false).next == .wait(.milliseconds(250)))
        #expect(fail(&machine, .startOver, resumed: false).next == .wait(.milliseconds(500)))
    }

    @Test("that is a move to another server is none: at once, from the cookies, and no trouble")
    func moved() {
        var machine = machine
        let (next, notice) = fail(&machine, .feed(.moved))
        #expect(next == .attemptNow)
        #expect(notice?.isTrouble == false)
        #expect(machine.incident == nil)
        #expect(machine.attempt(state, identity: "feed", run: nil).cookies == cookies)
    }

    @Test("is told once for each cause in an incident")
    func notices() {
        var machine = machine
        #expect(fail(&machine, .feed(.unreachable)).notice?.isTrouble == true)
        #expect(fail(&machine, .feed(.unreachable)).notice == nil)
        #expect(fail(&machine, .feed(.credentials)).notice?.text == "problem feed(credentials)")
        #expect(fail(&machine, .feed(.unreachable)).notice == nil)
        #expect(machine.incident?.problem == "problem feed(unreachable)")
        #expect(machine.succeeded(at: time.addingTimeInterval(60))?.text.hasSuffix("after 60 s") == true)
        #expect(machine.succeeded(at: time) == nil)
    }

    @Test("reads a scope that is not trusted without its cookie")
    func distrust() {
        var machine = machine
        machine.distrust(.roles)
        #expect(machine.attempt(state, identity: "feed", run: nil).resumed == [.users])
    }

    @Test("waits shorter with luck, never longer than the limit", arguments: [0, 0.5, 0.999])
    func jitter(random: Double) {
        var backOff = BackOff()
        for _ in 1...100 {
            let wait = backOff.next(random: random)
            #expect(wait >= BackOff.first / 2 && wait <= BackOff.longest)
        }
        backOff.reset()
        #expect(backOff.next(random: random) <= BackOff.first)
    }
}

@Suite("A refresh that the server calls a success")
struct RefreshGuardTests {
    private func difference(
        held: Int,
        delivered: Int = 0,
        removed: Int = 0,
        unknown: Int = 0
    ) -> RefreshDifference {
        var tally = ScopeTally()
        tally.held = held
        tally.delivered = delivered
        tally.removed = removed
        tally.unknownPresent = unknown
        var difference = RefreshDifference()
        difference.scopes[.users] = tally
        return difference
    }

    private func cause(
        _ difference: RefreshDifference,
        resumed: Bool = true
    ) -> SyncFailure.Cause? {
        let cookies: [SyncScope: SyncCookie] = resumed ? [.users: SyncCookie(bytes: [1])] : [:]
        let attempt = SyncAttempt(purpose: .follow, cookies: cookies)
        let outcome: [SyncScope: RefreshKind] = [.users: resumed ? .deletePhase : .presentPhase]
        guard case .refuse(let failure) = RefreshGuard().judge(attempt, outcome, difference) else { return nil }
        return failure.cause
    }

    @Test("is read again when a delta brings half of the directory")
    func delta() {
        #expect(cause(difference(held: 100, delivered: 50)) == .startOver)
        #expect(cause(difference(held: 100, delivered: 49)) == nil)
        #expect(cause(difference(held: 5, delivered: 3)) == nil)
        #expect(cause(difference(held: 5, delivered: 4)) == .startOver)
        #expect(cause(difference(held: 100, delivered: 100), resumed: false) == nil)
    }

    @Test("is read again when it names many as present that the mirror does not hold")
    func unknown() {
        #expect(cause(difference(held: 1000, unknown: 21)) == .startOver)
        #expect(cause(difference(held: 1000, unknown: 20)) == nil)
    }
}
