import HTTPTypes
import LocalAPI
import SelfService

extension Refusal {
    /// Each code of the services is the last part of a problem type.
    init(_ error: ServiceError) {
        self.init(ProblemType(rawValue: error.code.description) ?? .internalError, error.detail, field: error.field)
        let status = problem.status
        problem.rules = error.rules.map { $0.map(RuleDocument.init) }
        if let outcome = error.outcome { problem.add(OutcomeDocument(outcome)) }
        addRetry(after: error.retryAfter ?? (status == 503 ? Self.retrySoon : nil))
        if status == 401 { headers[.wwwAuthenticate] = "Bearer" }
    }

    private mutating func addRetry(after seconds: Int?) {
        guard let seconds else { return }
        problem.retryAfter = seconds
        headers[.retryAfter] = String(max(1, seconds))
    }
}

extension Problem {
    /// An outcome's members stand at the problem's top level.
    fileprivate mutating func add(_ document: OutcomeDocument) {
        outcome = document.outcome
        reason = document.reason
        unlocked = document.unlocked
        notEnforced = document.notEnforced
        directories = document.directories
    }
}

extension WriteOutcome {
    /// The outcome to answer with, unless it is a refusal.
    func accepted() throws(Refusal) -> OutcomeDocument {
        guard result == .refused else { return OutcomeDocument(self) }
        let concernsPassword = reason?.concernsPassword ?? false
        throw Refusal(
            ServiceError(
                concernsPassword ? .passwordRefused : .writeRefused,
                (reason ?? .other).text,
                outcome: self
            )
        )
    }
}
