package import Audit
package import Identity

/// What the admin socket may ask about people. The actor is the peer's uid.
package protocol AdministrationServices: Sendable {
    /// A person's methods, masked.
    /// - Throws: `notFound` for a login that nobody living bears.
    func methods(of login: String, by actor: AuditActor) async throws(ServiceError) -> [MethodView]

    /// Opens a lock by failed attempts. Idempotent. An administrator's lock is refused.
    /// - Parameter reason: why, in the helper's words; goes into the audit.
    func unlock(login: String, reason: String, by actor: AuditActor) async throws(ServiceError) -> WriteOutcome

    func explain(login: String, by actor: AuditActor) async throws(ServiceError) -> Explanation

    /// Whether the person has a registration, for the listing of people: nil when there is none.
    func registrationState(of user: User) async throws(ServiceError) -> RegistrationView.State?
}
