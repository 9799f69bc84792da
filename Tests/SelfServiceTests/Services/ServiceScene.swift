import Foundation
import Identity
import LatchkeyTesting
import Logging
import SelfService
import Synchronization
import Testing
import Vault

/// The services over a real vault and a directory in memory, with a clock to turn and codes to read.
final class ServiceScene: Sendable {
    let directory = ScriptedDirectory()
    let clock = ManualClock()
    let vault: VaultDatabase
    let desk: FrontDesk
    let helpdesk: Helpdesk
    let environment: ServiceEnvironment
    let portal = Caller(frontend: "portal")
    private let folder: URL
    private let codes: IssuedCodes

    static let alice = User(id: EntryID(folding: [1]), dn: "uid=alice", login: "alice", email: "alice@example.org")
    static let password = "initial-password-1"
    static let newPassword = "a brand new password"

    static let twoGates = Policy(
        name: "staff",
        roles: ["staff"],
        methods: [AllowedMethod(.email), AllowedMethod(.mobilePhone)],
        register: .init(minimum: 2),
        resetGates: 2,
        unlockGates: 1,
        coolingOff: 3600
    )
    static let oneGate = Policy(
        name: "everybody",
        methods: [AllowedMethod(.email), AllowedMethod(.mobilePhone)],
        register: .init(minimum: 1),
        resetGates: 1,
        coolingOff: 3600
    )

    init(policies: [Policy] = [oneGate], protectedRoles: [String] = []) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("latchkey-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let key = try VaultKey(secret: Array(Data(repeating: 7, count: 32).base64EncodedString().utf8))
        vault = try VaultDatabase(path: folder.appendingPathComponent("vault.sqlite").path, key: key, clock: clock)
        let codes = IssuedCodes()
        self.codes = codes
        environment = ServiceEnvironment(
            people: directory,
            directory: directory,
            vault: vault,
            policies: PolicySet(policies: policies, protectedRoles: protectedRoles),
            decoys: vault.keys.decoyMaker,
            clock: clock,
            codes: CodeSource { codes.next() },
            hashing: ScryptHashing(.fast),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        desk = FrontDesk(environment: environment)
        helpdesk = Helpdesk(environment: environment)
        directory.add(Self.alice, password: Self.password)
    }

    deinit {
        try? vault.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The code of the last challenge.
    var lastCode: String { codes.last }

    func signIn() async throws -> String {
        try await desk.signIn(login: "alice", password: Password(Self.password), from: portal).token
    }

    /// Adds a method and proves it.
    @discardableResult
    func register(_ kind: MethodKind, _ value: String, token: String) async throws -> VerifiedMethod {
        let added = try await add(kind, value, token: token)
        return try await prove(added.method.method.id, token: token)
    }

    func add(_ kind: MethodKind, _ value: String = "", token: String) async throws -> AddedMethod {
        var request = MethodRequest(kind: kind)
        if kind == .email { request.address = value } else if kind.isPhone { request.number = value }
        return try await desk.addMethod(request, token: token, from: portal)
    }

    @discardableResult
    func prove(_ methodID: String, token: String) async throws -> VerifiedMethod {
        let challenge = try await desk.openRegistrationChallenge(
            methodID: methodID,
            via: nil,
            token: token,
            from: portal
        )
        return try await desk.answerRegistrationChallenge(
            challenge.challenge.id,
            .code(lastCode),
            token: token,
            from: portal
        )
    }

    /// Refused with the password alone, and done after a proof by the first method that counts.
    func confirms(token: String) async throws -> RegistrationView {
        let alone = try await refusal { try await desk.confirmRegistration(token: token, from: portal) }
        guard alone.code == .freshProofRequired else { throw alone }
        let methods = try await desk.registration(token: token, from: portal).methods
        _ = try await prove(try #require(methods.first { $0.method.state == .verified }).method.id, token: token)
        return try await desk.confirmRegistration(token: token, from: portal)
    }

    /// Alice with an address and a phone, both verified.
    func registerAlice() async throws {
        let token = try await signIn()
        try await register(.email, "private@example.net", token: token)
        try await register(.mobilePhone, "+12025550142", token: token)
    }

    /// A reset with as many gates passed as it needs.
    func provenReset(_ purpose: ResetPurpose = .reset) async throws -> String {
        let started = try await desk.startReset(login: "alice", purpose: purpose, from: portal)
        for method in started.reset.methods.prefix(started.reset.required) {
            try await passGate(method.id, token: started.token)
        }
        return started.token
    }

    @discardableResult
    func passGate(_ methodID: String, token: String) async throws -> ResetView {
        let challenge = try await desk.openResetChallenge(methodID: methodID, via: nil, token: token, from: portal)
        return try await desk.answerResetChallenge(
            challenge.challenge.id,
            .code(lastCode),
            token: token,
            from: portal
        )
    }

    /// The error of a call that must not succeed.
    func refusal<Value>(_ body: () async throws -> Value) async throws -> ServiceError {
        do {
            _ = try await body()
        } catch let error as ServiceError {
            return error
        }
        throw TestError("the call succeeded")
    }
}

/// Codes in order, each different.
private final class IssuedCodes: Sendable {
    private let count = Mutex(100_000)
    func next() -> String {
        count.withLock { count in
            count += 1
            return "\(count)"
        }
    }
    var last: String { count.withLock { "\($0)" } }
}
