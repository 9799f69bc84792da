import Audit
import Foundation
import Identity
import Logging

/// One write to the directory: the intent on disk, the write, its proof, the outcome on disk, and only
/// then the answer. Once it is applied, the same is done in each linked directory, in order; their intents are on disk
/// with the first one, so that a crash between two of them loses none.
struct WriteBack: Sendable {
    let environment: ServiceEnvironment
    let kind: WriteIntent.Kind
    let actor: AuditActor

    /// What is done to an account, in whichever directory.
    typealias Write = (any DirectoryAccounts, LiveAccount) async throws(DirectoryFailure) -> WriteOutcome

    /// - Parameters:
    ///   - session: the session whose gates are passed; nil for an administrator.
    ///   - linked: what the linked directories said beforehand.
    func run(
        _ account: LiveAccount,
        session: Session?,
        linked: [LinkedStanding],
        _ write: Write
    ) async throws(ServiceError) -> WriteOutcome {
        let followers = linked.compactMap(\.planned)
        let intent = try await environment.vault {
            try await $0.beginWrite(
                kind,
                of: account.user.id,
                in: session,
                before: account.marker,
                followers: followers,
                by: actor
            )
        }
        guard let intent else {
            throw ServiceError(.wrongState, "This session is spent, or is being used at this moment.")
        }
        var outcome = await perform(write, on: account, in: environment.directory)
        outcome.linked = outcome.result == .applied ? linked.compactMap(\.refused) : linked.map(\.notAttempted)
        try await finish(intent, outcome)
        if outcome.result == .applied { outcome.linked = try await follow(intent, linked, write) }
        return try Self.answer(outcome, kind: kind)
    }

    private func follow(
        _ leader: WriteIntent,
        _ linked: [LinkedStanding],
        _ write: Write
    ) async throws(ServiceError) -> [LinkedOutcome] {
        var outcomes = linked.compactMap(\.refused)
        for intent in leader.followers {
            guard let standing = linked.first(where: { $0.name == intent.link?.directory }),
                let account = standing.account
            else { continue }
            var outcome = await perform(write, on: account, in: standing.directory.accounts)
            if outcome.result == .refused, outcome.reason == nil { outcome.reason = .directoryUnavailable }
            try await finish(intent, outcome)
            outcomes.append(LinkedOutcome(name: standing.name, outcome))
        }
        let order = linked.map(\.name)
        return order.compactMap { name in outcomes.first { $0.name == name } }
    }

    private func finish(_ intent: WriteIntent, _ outcome: WriteOutcome) async throws(ServiceError) {
        try await environment.vault { try await $0.finishWrite(intent, outcome: outcome, by: actor) }
        environment.wakeCourier()
    }

    /// A failure before anything was sent is a refusal without a reason; after it, nobody knows.
    private func perform(
        _ write: Write,
        on account: LiveAccount,
        in directory: any DirectoryAccounts
    ) async -> WriteOutcome {
        do {
            return try await write(directory, account)
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
