package import Audit
package import Identity
package import SelfService

/// Administration that knows ``SamplePeople`` and remembers what it was asked.
package actor ScriptedAdministration: AdministrationServices {
    package private(set) var calls: [[String]] = []
    package private(set) var failure: ServiceError?
    package private(set) var outcome = SamplePeople.applied

    package init() {}

    package func fail(with error: ServiceError) { failure = error }
    package func answer(with outcome: WriteOutcome) { self.outcome = outcome }

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

    package func methods(of login: String, by actor: AuditActor) async throws(ServiceError) -> [MethodView] {
        try note(["methods", login, "\(actor)"], login: login)
        return [SamplePeople.view(showsValue: true)]
    }

    package func unlock(login: String, reason: String, by actor: AuditActor) async throws(ServiceError)
        -> WriteOutcome
    {
        try note(["unlock", login, reason, "\(actor)"], login: login)
        return outcome
    }

    package func explain(login: String, by actor: AuditActor) async throws(ServiceError) -> Explanation {
        try note(["explain", login, "\(actor)"], login: login)
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
