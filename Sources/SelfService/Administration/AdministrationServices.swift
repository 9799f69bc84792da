package import Identity

/// What the admin socket may ask about people. Whoever asks is the administrator; whom they may ask about, the
/// services decide.
package protocol AdministrationServices: MethodAdministration, PassAdministration, RegistrationAdministration,
    ResetAdministration, LimitAdministration, FreezeAdministration, ApprovalAdministration
{
    /// Opens a lock by failed attempts. Idempotent. An administrator's lock is refused.
    /// - Parameter reason: why, in the helper's words; goes into the audit.
    func unlock(login: String, reason: String, by administrator: Administrator) async throws(ServiceError)
        -> WriteOutcome

    func explain(login: String, by administrator: Administrator) async throws(ServiceError) -> Explanation

    /// Whether the person has a registration, for the listing of people: nil when there is none.
    func registrationState(of user: User) async throws(ServiceError) -> RegistrationView.State?
}

/// Requests about protected people, and what a second administrator says of them.
package protocol ApprovalAdministration: Sendable {
    /// Those that wait or are approved, of capabilities that the administrator has over the person.
    func approvals(by administrator: Administrator) async throws(ServiceError) -> [ListedApproval]
    func approve(_ id: String, by administrator: Administrator) async throws(ServiceError) -> ListedApproval
    func refuseApproval(_ id: String, by administrator: Administrator) async throws(ServiceError) -> ListedApproval
}
