import Hummingbird
import Identity
import LocalAPI
import SelfService

extension Response {
    /// What was done, or 202 with the request that now waits for a second administrator.
    static func outcome<Value, Document: Encodable>(
        _ outcome: AdminOutcome<Value>,
        login: String,
        status: HTTPResponse.Status = .ok,
        as document: (Value) -> Document
    ) throws -> Response {
        switch outcome {
        case .done(let value): try .json(document(value), status: status)
        case .pending(let approval):
            try .json(ApprovalDocument(ListedApproval(approval: approval, login: login)), status: .accepted)
        }
    }
}

extension ApprovalDocument {
    init(_ listed: ListedApproval) {
        let (approval, request) = (listed.approval, listed.approval.request)
        self.init(
            id: approval.id,
            action: request.action,
            capability: request.capability.rawValue,
            login: listed.login,
            reason: request.reason,
            requester: request.requester,
            state: approval.state.rawValue,
            requestedAt: approval.requestedAt,
            expiresAt: approval.expiresAt
        )
        approver = approval.approver
    }
}

extension MethodDocument {
    /// As an administrator may see it who may see values: an address or a number, and nothing else.
    init(revealed view: MethodView) {
        self.init(masked: view)
        let isValue = view.method.kind == .email || view.method.kind.isPhone
        if isValue, !view.method.value.isEmpty { value = view.method.value }
    }
}

extension EnteredMethodDocument {
    init(_ result: MethodEntryResult) { self.init(result: result == .present ? "present" : "added") }
}

extension StandingDocument {
    init(_ standing: RegistrationStanding) {
        self.init(
            id: standing.user.id.description,
            login: standing.user.login,
            displayName: standing.user.displayName,
            registration: standing.state?.rawValue ?? UserDocument.noRegistration,
            policy: standing.policyName,
            methods: standing.methodCount,
            canReset: standing.canReset,
            canUnlock: standing.canUnlock,
            reasons: standing.reasons,
            drift: standing.drift.map(\.rawValue)
        )
    }
}

extension ImportDocument {
    init(_ report: ImportReport) {
        self.init(
            applied: report.isApplied,
            dryRun: report.isDryRun,
            added: report.count(.added),
            present: report.count(.present),
            errors: report.lines.count { $0.result.isError },
            lines: report.lines.map {
                Line(line: $0.number, login: $0.login, kind: $0.kind, result: $0.result.rawValue, detail: $0.detail)
            }
        )
    }
}
