import HTTPTypes
import LocalAPI
import SelfService

extension Refusal {
    /// Each code of the services has its status and its problem type; the code is the type's last part.
    init(_ error: ServiceError) {
        let (status, title) = Self.kind(of: error.code)
        self.init(status, error.code.description, title, error.detail, field: error.field)
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

    private static func kind(of code: ServiceError.Code) -> (Int, String) {
        switch code {
        case .invalidValue: (422, "Invalid value")
        case .notPermitted: (403, "Not permitted")
        case .freshProofRequired: (403, "Fresh proof required")
        case .passwordMustChange: (403, "Password must be changed")
        case .signInRefused: (401, "Sign-in refused")
        case .invalidToken: (401, "No valid token")
        case .notFound: (404, "Not found")
        case .wrongCode: (422, "Wrong code")
        case .challengeClosed: (409, "Challenge closed")
        case .wrongState: (409, "Wrong state")
        case .gatesOpen: (409, "Gates open")
        case .conflict: (409, "Conflict")
        case .tooManyAttempts: (429, "Too many attempts")
        case .passwordRefused: (422, "Password refused")
        case .writeRefused: (422, "Write refused")
        case .directoryUnavailable: (503, "Directory not available")
        case .vaultUnavailable: (503, "Vault not available")
        default: (500, "Internal error")
        }
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
