package import Audit
package import Identity
package import Logging

/// The ports of the vault together, as the services use them.
package typealias VaultPorts = AdministrationStore & ApprovalStore & AuditLog & FreezeStore & LimitStore & LinkStore
    & OutboxStore & RegistrationStore & SessionStore & WriteBackStore & WriteWatchStore

/// What all services share: the ports, and what the configuration says.
package struct ServiceEnvironment: Sendable {
    package var people: any PeopleDirectory
    package var directory: any DirectoryAccounts
    /// Written after that one, in this order.
    package var linked: [LinkedDirectory] = []
    package var vault: any VaultPorts
    package var policies: PolicySet
    package var decoys: DecoyMaker
    package var passwordRules: PasswordRules
    package var limits: Limits
    package var lifetimes: Lifetimes
    /// Nil: no links.
    package var links: LinkRules?
    package var clock: any WallClock
    package var codes: CodeSource
    package var hashing: any SecretHashing
    /// Names us in people's authenticator apps.
    package var issuer: String
    /// How many failed sign-ins a person has within the window: below the directory's own lockout.
    package var signInFailures: @Sendable () -> Int
    /// When answers are given that must not tell what it took to find them.
    package var evenTime = EvenTime(step: .zero)
    /// Tells the courier that a message was queued.
    package var wakeCourier: @Sendable () -> Void
    package var logger: Logger

    package init(
        people: any PeopleDirectory,
        directory: any DirectoryAccounts,
        vault: any VaultPorts,
        policies: PolicySet,
        decoys: DecoyMaker,
        passwordRules: PasswordRules = PasswordRules(),
        limits: Limits = Limits(),
        lifetimes: Lifetimes = Lifetimes(),
        links: LinkRules? = nil,
        clock: any WallClock = SystemWallClock(),
        codes: CodeSource = CodeSource(),
        hashing: any SecretHashing,
        issuer: String = "Latchkey",
        signInFailures: (@Sendable () -> Int)? = nil,
        wakeCourier: @escaping @Sendable () -> Void = {},
        logger: Logger
    ) {
        self.people = people
        self.directory = directory
        self.vault = vault
        self.policies = policies
        self.decoys = decoys
        self.passwordRules = passwordRules
        self.limits = limits
        self.lifetimes = lifetimes
        self.links = links
        self.clock = clock
        self.codes = codes
        self.hashing = hashing
        self.issuer = issuer
        self.signInFailures = signInFailures ?? { limits.signInFailures }
        self.wakeCourier = wakeCourier
        self.logger = logger
    }
}

extension ServiceEnvironment {
    /// Runs a decision of the vault. Whatever goes wrong there is one answer outside and one line inside.
    func vault<Value: Sendable>(
        _ operation: (any VaultPorts) async throws -> Value
    ) async throws(ServiceError) -> Value {
        do {
            return try await operation(vault)
        } catch {
            logger.error("the vault did not answer", metadata: ["error": "\(error)"])
            throw ServiceError(.vaultUnavailable, "Latchkey cannot reach its records at the moment. Try again later.")
        }
    }

    /// Looks somebody up in the mirror.
    func mirror<Value: Sendable>(
        _ operation: (any PeopleDirectory) async throws -> Value
    ) async throws(ServiceError) -> Value {
        do {
            return try await operation(people)
        } catch is UnknownCursor {
            throw ServiceError(.invalidValue, "“cursor” is not one that a listing gave.", field: "cursor")
        } catch {
            logger.error("the mirror did not answer", metadata: ["error": "\(error)"])
            throw Self.directoryUnavailable
        }
    }

    /// Asks the living directory.
    func live<Value: Sendable>(
        _ operation: (any DirectoryAccounts) async throws(DirectoryFailure) -> Value
    ) async throws(ServiceError) -> Value {
        do {
            return try await operation(directory)
        } catch {
            logger.debug("the directory did not answer", metadata: ["error": "\(error)"])
            throw Self.directoryUnavailable
        }
    }

    static var directoryUnavailable: ServiceError {
        ServiceError(
            .directoryUnavailable,
            "The directory does not answer at the moment. Try again in a minute.",
            retryAfter: 10
        )
    }

    static func tooMany(_ retryAfter: Int) -> ServiceError {
        ServiceError(
            .tooManyAttempts,
            "Too many attempts. Try again in \(max(1, retryAfter)) seconds.",
            retryAfter: max(1, retryAfter)
        )
    }

    static var freshProofRequired: ServiceError {
        ServiceError(
            .freshProofRequired,
            "Prove first that it is you: ask for a code to a method that you registered earlier, and answer it."
        )
    }

    static var frozen: ServiceError {
        ServiceError(
            .notPermitted,
            "Resets and changes are stopped for this account, because somebody said that it was not them. "
                + "Please ask the helpdesk."
        )
    }

    static var deadToken: ServiceError {
        ServiceError(.invalidToken, "This session has ended. Begin again.")
    }
}
