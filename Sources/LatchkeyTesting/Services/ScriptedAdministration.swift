package import Foundation
package import Identity
package import SelfService

/// Administration that knows ``SamplePeople`` and remembers what it was asked.
package actor ScriptedAdministration: AdministrationServices {
    package private(set) var calls: [[String]] = []
    package private(set) var failure: ServiceError?
    package private(set) var outcome = SamplePeople.applied
    /// Whether requests wait for a second administrator.
    package private(set) var isProtected = false

    package init() {}

    package func fail(with error: ServiceError) { failure = error }
    package func answer(with outcome: WriteOutcome) { self.outcome = outcome }
    package func protect() { isProtected = true }

    private func note(_ call: [String], login: String) throws(ServiceError) {
        calls.append(call)
        if let error = failure {
            failure = nil
            throw error
        }
        guard ["alice", "bob"].contains(login) else {
            throw ServiceError(.notFound, "Nobody living bears this login.")
        }
    }

    private func decided<Value: Sendable>(_ value: Value) -> AdminOutcome<Value> {
        isProtected ? .pending(SamplePeople.approval.approval) : .done(value)
    }

    package func unlock(login: String, reason: String, by administrator: Administrator) async throws(ServiceError)
        -> WriteOutcome
    {
        _ = try AdminReason(reason)
        try note(["unlock", login, reason, "\(administrator.actor)"], login: login)
        return outcome
    }

    package func explain(login: String, by administrator: Administrator) async throws(ServiceError) -> Explanation {
        try note(["explain", login, "\(administrator.actor)"], login: login)
        var explanation = Explanation(
            user: SamplePeople.alice,
            isLive: true,
            findings: [
                Explanation.Finding(code: "locked", blocks: false, text: "Locked after too many failed attempts."),
                Explanation.Finding(code: "methods", blocks: true, text: "One more method is needed for a reset."),
            ],
            canUnlock: true
        )
        explanation.policyName = "everybody"
        explanation.resetGates = 2
        explanation.unlockGates = 1
        explanation.registration = .incomplete
        return explanation
    }

    package func registrationState(of user: User) async throws(ServiceError) -> RegistrationView.State? {
        user.login == "alice" ? .incomplete : nil
    }
}

// MARK: Methods

extension ScriptedAdministration {
    package func methods(of login: String, by administrator: Administrator) async throws(ServiceError) -> [MethodView] {
        try note(["methods", login], login: login)
        return [SamplePeople.view(showsValue: true)]
    }

    package func revealMethods(
        of login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<[MethodView]> {
        try note(["reveal", login, reason], login: login)
        return decided([SamplePeople.view(showsValue: true)])
    }

    package func addMethod(
        _ request: MethodRequest,
        to login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<MethodEntryResult> {
        let value = request.address ?? request.number ?? "-"
        try note(["add", login, request.kind.rawValue, value, request.numberExtension ?? "-", reason], login: login)
        return decided(.added)
    }

    package func removeMethods(
        of login: String,
        id: String?,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Int> {
        try note(["remove", login, id ?? "*", reason], login: login)
        return decided(1)
    }

    package func importMethods(
        _ request: ImportRequest,
        by administrator: Administrator
    ) async throws(ServiceError) -> ImportReport {
        let flags = "\(request.isDryRun ? "dry" : "") \(request.isPartial ? "partial" : "")"
        try note(["import", request.csv, flags, request.reason], login: "alice")
        let lines = [
            ImportReport.Line(number: 2, login: "alice", kind: "email", result: .added),
            ImportReport.Line(number: 3, login: "zoe", kind: "email", result: .unknownLogin, detail: "Nobody."),
        ]
        return ImportReport(lines: lines, isDryRun: request.isDryRun, isApplied: request.isPartial)
    }
}

// MARK: Passes, freezes, registrations, approvals

extension ScriptedAdministration {
    package func issuePass(
        to login: String,
        lifetime: TimeInterval?,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<IssuedPass> {
        try note(["pass", login, lifetime.map { "\($0)" } ?? "-", reason], login: login)
        return decided(IssuedPass(pass: "ABCD-EFGH-IJKL-MNOP", expiresAt: SamplePeople.time))
    }

    package func revokePass(
        of login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Bool> {
        try note(["revoke", login, reason], login: login)
        return decided(true)
    }

    package func countedLimits(
        of login: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> [CountedLimit] {
        try note(["limits", login], login: login)
        return [CountedLimit(.wrongAnswers, methodID: "m1", count: 5, limit: 5, until: SamplePeople.time)]
    }

    package func clearLimits(
        of login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Bool> {
        try note(["clear-limits", login, reason], login: login)
        return decided(true)
    }

    package func sendReset(
        to login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Bool> {
        try note(["send-reset", login, reason], login: login)
        return decided(true)
    }

    package func frozenPeople(by administrator: Administrator) async throws(ServiceError) -> [FrozenUser] {
        [FrozenUser(login: "bob", since: SamplePeople.time)]
    }

    package func freeze(login: String, reason: String, by administrator: Administrator) async throws(ServiceError)
        -> AdminOutcome<Bool>
    {
        try note(["freeze", login, reason], login: login)
        return decided(true)
    }

    package func liftFreeze(login: String, reason: String, by administrator: Administrator) async throws(ServiceError)
        -> AdminOutcome<Bool>
    {
        try note(["lift", login, reason], login: login)
        return decided(true)
    }

    package func requireConfirmation(
        of login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Int> {
        try note(["require", login, reason], login: login)
        return decided(1)
    }

    package func requireConfirmation(
        ofRole role: String,
        after cursor: String?,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> RequirementPage {
        try note(["requireRole", role, cursor ?? "-", reason], login: "alice")
        return RequirementPage(required: 2, passedOver: 1, next: cursor == nil ? "more" : nil)
    }

    package func registrationReport(
        _ query: ReportQuery,
        by administrator: Administrator
    ) async throws(ServiceError) -> ReportPage {
        let words = [query.role, query.state?.rawValue, query.cursor].map { $0 ?? "-" }
        try note(["report"] + words, login: "alice")
        let standing = RegistrationStanding(
            user: SamplePeople.alice,
            policyName: "staff, the careful ones",
            state: .incomplete,
            methodCount: 1,
            reasons: ["methods"],
            drift: [.email]
        )
        return ReportPage(items: [standing], next: nil)
    }

    package func approvals(by administrator: Administrator) async throws(ServiceError) -> [ListedApproval] {
        [SamplePeople.approval]
    }

    package func approve(_ id: String, by administrator: Administrator) async throws(ServiceError) -> ListedApproval {
        try note(["approve", id], login: "alice")
        return SamplePeople.approval
    }

    package func refuseApproval(
        _ id: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> ListedApproval {
        try note(["refuse", id], login: "alice")
        return SamplePeople.approval
    }
}
