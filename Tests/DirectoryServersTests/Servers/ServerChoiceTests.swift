import LDAPClient
import Testing

@testable import DirectoryServers

@Suite("The choice of a server")
struct ServerChoiceTests {
    private let start = ContinuousClock.now
    private let names = ["one", "two", "three"]
    private let rules = FailoverRules(
        returnAfter: .seconds(60),
        avoidAtFirst: .seconds(2),
        avoidAtMost: .seconds(300)
    )

    private func server(_ name: String) throws -> LDAPServer { try LDAPServer("ldaps://\(name)") }

    private func choice(ranks: [Int] = [0, 1, 2]) throws -> ServerChoice {
        var choice = ServerChoice(rules: rules)
        choice.use(try zip(names, ranks).map { RankedServer(server: try server($0), rank: $1) })
        return choice
    }

    private func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    private func order(_ choice: ServerChoice, at seconds: Int) -> [String] {
        choice.candidates(at: at(seconds)).map { String($0.uri.dropFirst("ldaps://".count)) }
    }

    @Test("begins with the configured order")
    func beginning() throws {
        #expect(order(try choice(), at: 0) == names)
        #expect(try choice().current == nil)
    }

    @Test("keeps the one in use, also when the preferred one is good again")
    func sticky() throws {
        var choice = try choice()
        choice.failed(try server("one"), begun: at(0), at: at(0))
        choice.connected(try server("two"), at: at(0))
        #expect(order(choice, at: 1) == ["two", "three", "one"])
        // Its time is over: it may be used again, after the one in use.
        #expect(order(choice, at: 2) == ["two", "one", "three"])
        // Somebody reaches it: no reason to leave.
        choice.connected(try server("one"), at: at(3))
        #expect(choice.current == (try server("two")))
    }

    @Test("avoids a failing server for a growing time, up to a limit")
    func growing() throws {
        var choice = try choice()
        var now = 0
        for expected in [2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
            choice.failed(try server("one"), begun: at(now), at: at(now))
            #expect(choice.isAvoided(try server("one"), at: at(now + expected - 1)))
            #expect(!choice.isAvoided(try server("one"), at: at(now + expected)))
            now += expected
        }
    }

    @Test("counts attempts that failed together once")
    func together() throws {
        var choice = try choice()
        for _ in 0..<10 { choice.failed(try server("one"), begun: at(0), at: at(3)) }
        #expect(!choice.isAvoided(try server("one"), at: at(5)))
    }

    @Test("tries only one of the servers that are down, the one that answers probes first")
    func allDown() throws {
        var choice = try choice()
        for (index, name) in names.enumerated() {
            choice.failed(try server(name), begun: at(index), at: at(index))
        }
        #expect(order(choice, at: 2) == ["one", "two"])
        choice.failed(try server("one"), begun: at(2), at: at(2))
        #expect(order(choice, at: 2) == ["two"])
        choice.probed(try server("three"), answered: true, at: at(2))
        #expect(order(choice, at: 2) == ["three"])
    }

    @Test("failure mode 14: goes back to a preferred server only when it has answered long enough without a gap")
    func hysteresis() throws {
        var choice = try choice()
        choice.failed(try server("one"), begun: at(0), at: at(0))
        choice.connected(try server("two"), at: at(0))
        #expect(choice.preferred == [try server("one")])
        for second in stride(from: 10, through: 60, by: 10) {
            choice.probed(try server("one"), answered: second != 40, at: at(second))
            #expect(choice.goBack(at: at(second)) == nil)
        }
        choice.probed(try server("one"), answered: true, at: at(109))
        #expect(choice.goBack(at: at(109)) == nil)
        choice.probed(try server("one"), answered: true, at: at(110))
        #expect(choice.goBack(at: at(110)) == (try server("two")))
        #expect(choice.current == (try server("one")))
        #expect(choice.preferred.isEmpty)
    }

    @Test("does not go back while probes succeed and binds fail")
    func probesAreNotEnough() throws {
        var choice = try choice()
        choice.connected(try server("two"), at: at(0))
        var now = 0
        for _ in 0..<9 {
            choice.failed(try server("one"), begun: at(now), at: at(now))
            choice.probed(try server("one"), answered: true, at: at(now))
            now += 60
        }
        // Avoided until 480 + 300.
        choice.probed(try server("one"), answered: true, at: at(779))
        #expect(choice.goBack(at: at(779)) == nil)
        #expect(choice.goBack(at: at(780)) != nil)
    }

    @Test("moves nobody between servers of one rank")
    func equals() throws {
        var choice = try choice(ranks: [0, 0, 1])
        choice.connected(try server("two"), at: at(0))
        #expect(choice.preferred.isEmpty)
    }

    @Test("leaves a server that is not in the list any more, and keeps what it knows of the others")
    func newList() throws {
        var choice = try choice()
        choice.failed(try server("one"), begun: at(0), at: at(0))
        choice.connected(try server("three"), at: at(0))
        choice.use([RankedServer(server: try server("one"), rank: 0), RankedServer(server: try server("two"), rank: 1)])
        #expect(choice.current == nil)
        #expect(order(choice, at: 1) == ["two", "one"])
    }
}

@Suite("A refused bind")
struct RefusedBindTests {
    private let start = ContinuousClock.now
    private let error = LDAPError(.invalidCredentials, operation: "bind")

    @Test("keeps everybody from binding for a growing time, until one succeeds")
    func pauses() {
        var refused = RefusedBind(pauseAtFirst: .seconds(15))
        #expect(refused.error(at: start) == nil)
        var now = start
        for seconds in [15, 30, 60, 120, 240, 480, 900, 900] {
            refused.refused(error, at: now)
            #expect(refused.error(at: now + .seconds(seconds - 1)) == error)
            now += .seconds(seconds)
            #expect(refused.error(at: now) == nil)
        }
        refused.accepted()
        refused.refused(error, at: now)
        #expect(refused.error(at: now + .seconds(15)) == nil)
    }

    @Test("is not the server's fault; silence, TLS and a server that is busy are")
    func whoseFault() {
        #expect(error.isRefusedBind && !error.speaksAgainstServer)
        #expect(!LDAPError(.invalidCredentials, operation: "search").isRefusedBind)
        for code in [ResultCode.timeout, .serverDown, .connectError, .tlsFailure, .busy, .unavailable, .decodingError] {
            #expect(LDAPError(code, operation: "bind").speaksAgainstServer, "\(code)")
        }
        for code in [ResultCode.cancelled, .localError, .invalidArgument] {
            #expect(!LDAPError(code, operation: "bind").speaksAgainstServer, "\(code)")
        }
    }
}

@Suite("The progress of a server")
struct ReplicationProgressTests {
    private func progress(_ values: [String]) -> ReplicationProgress {
        var progress = ReplicationProgress()
        for value in values { progress.add(value, of: "dc=example") }
        return progress
    }

    private let first = "20260101000000.000001Z#000000#001#000000"
    private let later = "20260101000000.000002Z#000000#001#000000"
    private let other = "20250101000000.000000Z#000000#002#000000"

    @Test("is behind when it lacks a change of any provider, however new the others are")
    func behind() {
        #expect(progress([first]).hasReached(progress([first])))
        #expect(progress([later]).hasReached(progress([first])))
        #expect(!progress([first]).hasReached(progress([first, later])))
        #expect(!progress([later]).hasReached(progress([other])))
        #expect(progress([later, other]).hasReached(progress([first, other])))
    }

    @Test("is never behind where nothing is known, or what is known is no CSN")
    func unknown() {
        #expect(progress([]).hasReached(progress([])))
        #expect(progress([]).hasReached(progress(["garbage", "#", ""])))
    }
}
