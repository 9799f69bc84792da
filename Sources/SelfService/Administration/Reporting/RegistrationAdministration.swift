/// Who is registered, and who has to confirm it.
package protocol RegistrationAdministration: Sendable {
    /// Lets somebody confirm the registration at the next sign-in.
    func requireConfirmation(
        of login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Int>

    /// The same for some of those who hold a role; `next` goes on. Protected people, the administrator and whoever is
    /// out of reach are passed over.
    func requireConfirmation(
        ofRole role: String,
        after cursor: String?,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> RequirementPage

    /// How some people stand; pages can have fewer than asked for, or none, and still go on.
    func registrationReport(
        _ query: ReportQuery,
        by administrator: Administrator
    ) async throws(ServiceError) -> ReportPage
}

package struct RequirementPage: Sendable, Equatable {
    package var required: Int
    package var passedOver: Int
    package var next: String?

    package init(required: Int, passedOver: Int, next: String?) {
        self.required = required
        self.passedOver = passedOver
        self.next = next
    }
}

package struct ReportQuery: Sendable, Equatable {
    /// Which people are wanted.
    package enum State: String, Sendable, CaseIterable {
        case registered, complete, reconfirm, incomplete, none, capable, incapable
    }

    package var role: String?
    package var state: State?
    /// People who are looked at, 1…1000.
    package var limit: Int
    package var cursor: String?

    package init(role: String? = nil, state: State? = nil, limit: Int = 100, cursor: String? = nil) {
        self.role = role
        self.state = state
        self.limit = limit
        self.cursor = cursor
    }
}

package struct ReportPage: Sendable, Equatable {
    package var items: [RegistrationStanding]
    package var next: String?

    package init(items: [RegistrationStanding], next: String?) {
        self.items = items
        self.next = next
    }
}
