import Audit
import Foundation
import Identity
import Logging

/// One write to the directory: the intent on disk, the write, its proof, the outcome on disk, and only
/// then the answer.
struct WriteBack: Sendable {
    let environment: ServiceEnvironment
    let kind: WriteIntent.Kind
    let actor: AuditActor

    /// - Parameter session: the session whose gates are passed; nil for an administrator.
    func run(
        _ account: LiveAccount,
        session: Session?,
        _ write: (any DirectoryAccounts) async throws(DirectoryFailure) -> WriteOutcome
    ) async throws(ServiceError) -> WriteOutcome {
        let intent = try await environment.vault {
            try await $0.beginWrite(kind, of: account.user.id, in: session, before: account.marker, by: actor)
        }
        guard let intent else {
            throw ServiceError(.wrongState, "This session is spent, or is being used at this moment.")
        }
        let outcome = await perform(write)
        try await environment.vault { try await $0.finishWrite(intent, outcome: outcome, by: actor) }
        environment.wakeCourier()
        return try Self.answer(outcome, kind: kind)
    }

    /// A failure before anything was sent is a refusal without a reason; after it, nobody knows.
    private func perform(
        _ write: (any DirectoryAccounts) async throws(DirectoryFailure) -> WriteOutcome
    ) async -> WriteOutcome {
        do {
            return try await write(environment.directory)
        } catch {
            environment.logger.warning("a write to the directory failed", metadata: ["error": "\(error)"])
            return WriteOutcome(error.mayHaveWritten ? .unknown : .refused, server: "")
        }
    }

    private static func answer(
        _ outcome: WriteOutcome,
        kind: WriteIntent.Kind
    ) throws(ServiceError) -> WriteOutcome {
        switch outcome.result {
        case .applied: return outcome
        case .refused:
            guard let reason = outcome.reason else { throw ServiceEnvironment.directoryUnavailable }
            let code: ServiceError.Code = kind == .password ? .passwordRefused : .writeRefused
            throw ServiceError(code, reason.text, outcome: outcome)
        case .unknown:
            throw ServiceError(
                .directoryUnavailable,
                "The directory did not confirm the change. It may have happened: try to sign in before you repeat it.",
                retryAfter: 10,
                outcome: outcome
            )
        }
    }

    /// Records a refusal that was decided here, and makes the error to throw.
    func refused(_ reason: RefusalReason, person: EntryID) async throws(ServiceError) -> ServiceError {
        let outcome = WriteOutcome(.refused, reason: reason, server: "")
        try await record(outcome, person: person)
        return ServiceError(kind == .password ? .passwordRefused : .writeRefused, reason.text, outcome: outcome)
    }

    func record(_ outcome: WriteOutcome, person: EntryID) async throws(ServiceError) {
        let event = AuditEvent(
            kind == .password ? .passwordWritten : .unlocked,
            .refused,
            by: actor,
            about: person,
            details: outcome.reason.map { ["reason": $0.rawValue] } ?? [:]
        )
        try await environment.vault { try await $0.append(event) }
    }
}
