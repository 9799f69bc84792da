import Audit
import Foundation
import Identity

/// Something that an administrator does to one person: who may, to whom, why, and with whose approval.
struct AdminAction: Sendable {
    let environment: ServiceEnvironment
    let administrator: Administrator
    let capability: AdminCapability
    /// A stable code: `methods.add`.
    let name: String
    var terms: [String] = []
    let reason: AdminReason

    /// What the audit says of it beside the action.
    struct Grant: Sendable {
        let account: LiveAccount
        let details: [String: String]

        /// The reason, and whose approval there was, where one text must say it.
        var sentence: String {
            let why = details["why"] ?? ""
            return details["approval"].map { "\(why) (approval \($0))" } ?? why
        }
    }

    /// Runs the body once it may be run.
    /// - Throws: ``ServiceError``; `notFound` also for somebody out of reach.
    func perform<Value: Sendable>(
        on login: String,
        _ body: (Grant) async throws(ServiceError) -> Value
    ) async throws(ServiceError) -> AdminOutcome<Value> {
        let admission = Admission(environment: environment, administrator: administrator, capability: capability)
        let target = try await admission.target(login)
        guard let account = target.account else {
            throw ServiceError(.notFound, "The entry of this person is gone from the directory.")
        }
        var details = ["why": reason.text]
        if target.isProtected {
            let request = request(about: target.user.id)
            guard let approval = try await environment.vault({ try await $0.useApproval(of: request) }) else {
                return .pending(try await ask(request))
            }
            details["approval"] = approval.id
            details["approvedBy"] = approval.approver.map(String.init)
        }
        return .done(try await body(Grant(account: account, details: details)))
    }

    private func request(about person: EntryID) -> ApprovalRequest {
        ApprovalRequest(
            person: person,
            capability: capability,
            action: name,
            terms: terms,
            reason: reason.text,
            requester: administrator.uid
        )
    }

    private func ask(_ request: ApprovalRequest) async throws(ServiceError) -> Approval {
        guard let approval = try await environment.vault({ try await $0.requestApproval(request) }) else {
            throw ServiceError(
                .conflict,
                "\(Approval.limit) requests wait for a second administrator already. Decide about them first."
            )
        }
        return approval
    }
}
