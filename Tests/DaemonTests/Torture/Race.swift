import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient

/// A request that waits to be let go.
struct RaceRequest: Sendable {
    let method: String
    let path: String
    let token: String?
    let body: Data

    init(_ method: String, _ path: String, token: String? = nil, _ request: some Encodable) throws {
        (self.method, self.path, self.token) = (method, path, token)
        body = try APIJSON.encode(request)
    }
}

/// Who runs, and for what.
enum Race {
    /// The directory's address proves its owner, so that nobody has to register.
    static let mailbox = """
          - name: everybody
            methods: [email]
            trustDirectory: [email]
            register: { minimum: 1 }
            reset: { gates: 1 }
            coolingOff: 0s
        """
    static let app = """
          - name: everybody
            methods: [authenticator]
            register: { minimum: 1 }
            reset: { gates: 1 }
        """

    static func login(_ number: Int) -> String { "racer\(number)" }

    static func contenders(_ round: Int) -> Int { round % 8 == 7 ? 8 : 2 }

    /// Sends as many requests as there are contenders at the same moment, each on a connection that stands already.
    /// - Returns: the answers, in the order of the requests.
    static func atOnce(
        _ round: Int,
        _ daemon: DaemonFixture,
        _ request: @Sendable (Int) throws -> RaceRequest
    ) async throws -> [LocalResponse] {
        let requests = try (0..<contenders(round)).map(request)
        var connections: [LocalConnection] = []
        for _ in requests {
            connections.append(try await LocalConnection.connect(socketPath: daemon.folder.frontendSocket))
        }
        let answers = try await withThrowingTaskGroup(of: (Int, LocalResponse).self) { group in
            for (number, (connection, request)) in zip(connections, requests).enumerated() {
                group.addTask {
                    let (method, path) = (request.method, request.path)
                    return (
                        number, try await connection.send(method, path, token: request.token, body: request.body)
                    )
                }
            }
            return try await group.reduce(into: [Int: LocalResponse]()) { $0[$1.0] = $1.1 }
        }
        for connection in connections { await connection.close() }
        return answers.sorted { $0.key < $1.key }.map(\.value)
    }

    /// A daemon with so many racers, and with limits that hold none of them up.
    static func with(
        people count: Int,
        _ policies: String,
        _ body: (SlapdFixture, DaemonFixture) async throws -> Void
    ) async throws {
        let suffix = SlapdOptions().suffix
        let units = ["people", "groups"].map { "dn: ou=\($0),\(suffix)\nobjectClass: organizationalUnit\nou: \($0)\n" }
        let people = (0..<count).map {
            SlapdContent.person(login($0), below: suffix, passwordHash: SlapdFixture.password)
        }
        let options = SlapdOptions.with { $0.content = (units + people).joined(separator: "\n") }
        let daemonOptions = DaemonOptions.with {
            $0.policies = policies
            $0.may = "sign-in, register, reset, reset-link"
            $0.sections = """
                links: { baseURL: "https://account.example.org/reset" }
                limits:
                  frontend: { sessionsPerMinute: 100000 }
                  person: { wrongAnswersPerHour: 100 }
                """
        }
        try await withSlapd(options) { slapd in
            try await withDaemon(slapd, daemonOptions) { (daemon) async throws in try await body(slapd, daemon) }
        }
    }
}

/// What came of many races.
struct Tally: CustomStringConvertible {
    private(set) var rounds = 0
    private(set) var wonByOne = 0
    /// How often each status was a loser's.
    private(set) var lost: [Int: Int] = [:]
    /// How often an answer was neither a winner's nor a loser's.
    private(set) var others: [Int: Int] = [:]

    mutating func note(_ answers: [LocalResponse], wins: Int, loses: Set<Int>) {
        rounds += 1
        wonByOne += answers.count { $0.status == wins } == 1 ? 1 : 0
        for status in answers.map(\.status) where status != wins {
            if loses.contains(status) { lost[status, default: 0] += 1 } else { others[status, default: 0] += 1 }
        }
    }

    var description: String {
        let answers = lost.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
        return "\(wonByOne) of \(rounds) won by exactly one, losers' answers \(answers)"
            + (others.isEmpty ? "" : ", others \(others)")
    }
}
