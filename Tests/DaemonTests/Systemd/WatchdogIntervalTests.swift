import Glibc
import Testing

@testable import DaemonRuntime

@Suite("The watchdog's interval")
struct WatchdogIntervalTests {
    @Test("it is read in microseconds and petted twice in its length")
    func interval() throws {
        let watchdog = try #require(try WatchdogInterval(environment: ["WATCHDOG_USEC": "30000000"]))
        #expect(watchdog.limit == .seconds(30))
        #expect(watchdog.petEvery == .seconds(15))
    }

    @Test("it counts where WATCHDOG_PID is this process, and not where it is another's")
    func owner() throws {
        let mine = ["WATCHDOG_USEC": "2000000", "WATCHDOG_PID": "\(getpid())"]
        let others = ["WATCHDOG_USEC": "2000000", "WATCHDOG_PID": "1"]
        #expect(try WatchdogInterval(environment: mine)?.limit == .seconds(2))
        #expect(try WatchdogInterval(environment: others) == nil)
    }

    @Test("without WATCHDOG_USEC there is none")
    func none() throws {
        #expect(try WatchdogInterval(environment: ["WATCHDOG_PID": "\(getpid())"]) == nil)
    }

    @Test("a value that is no time is refused by name", arguments: ["", "0", "-5", "soon", "99999999999999999999"])
    func malformed(text: String) {
        let error = #expect(throws: SystemdError.self) { try WatchdogInterval(environment: ["WATCHDOG_USEC": text]) }
        #expect(error?.variable == "WATCHDOG_USEC")
    }

    @Test("a process id that is none is refused by name")
    func malformedOwner() {
        let error = #expect(throws: SystemdError.self) {
            try WatchdogInterval(environment: ["WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "me"])
        }
        #expect(error?.variable == "WATCHDOG_PID")
    }
}
