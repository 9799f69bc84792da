import Foundation
import LatchkeyTesting

/// A real directory that Latchkey writes to. Bob is the person, below everything; nothing else changes him but the
/// test.
protocol WrittenDirectory: Sendable {
    /// As a daemon is configured for it.
    var daemonDirectory: DaemonDirectory { get }
    /// Where it takes clear text.
    var endpoint: (host: String, port: UInt16) { get }
    /// Bob's at first.
    var password: String { get }

    func canBind(_ password: String) async throws -> Bool
    /// Fails to sign in until the directory locks Bob.
    func lockOut() async throws
    /// - Returns: nil where the product has no such state.
    func prepare(_ state: AccountObstacle) async throws -> Bool?
    /// As the directory's administrator.
    func requireChange() async throws
    /// Whether Bob has to choose another password before anything else.
    func mustChange() async throws -> Bool
    func revokeWriting() async throws
    func start() async throws
    /// Without a warning.
    func kill() async
}

/// A state in which nobody may write to the account.
enum AccountObstacle: String, CaseIterable, Sendable {
    case permanentLock = "administrator-lock"
    case disabled = "account-disabled"
    case notYetValid = "account-not-yet-valid"
    case expired = "account-expired"
    case idle = "account-idle"
    case protected = "account-protected"
}

/// What the directory's password policy is to be.
struct WrittenPolicy: Sendable {
    var minimumLength = 8
    var history = 0
    /// Seconds.
    var minimumAge = 0
    /// Seconds; 0: never.
    var idleLimit = 0
}

enum WrittenProduct: String, CaseIterable, Sendable {
    case openLDAP, directoryServer389, samba

    /// Two servers with the same people, the same by their ids, between which nothing replicates.
    func runPair(_ body: (any WrittenDirectory, any WrittenDirectory) async throws -> Void) async throws {
        try await run { (first) async throws in try await run { (second) async throws in try await body(first, second) }
        }
    }

    func run(_ policy: WrittenPolicy = WrittenPolicy(), _ body: (any WrittenDirectory) async throws -> Void)
        async throws
    {
        switch self {
        case .openLDAP:
            try await withSlapd(WrittenOpenLDAP.options(policy)) { try await body(WrittenOpenLDAP(slapd: $0)) }
        case .directoryServer389:
            try await withDirectoryServer389(WrittenDirectoryServer389.options(policy)) {
                try await body(WrittenDirectoryServer389(server: $0))
            }
        case .samba:
            try await withSamba(takesClearText: true) { samba in
                let written = WrittenSamba(samba: samba)
                try await written.set(policy)
                try await body(written)
            }
        }
    }
}
