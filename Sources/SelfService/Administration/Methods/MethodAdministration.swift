/// What administrators do to the methods of one person.
package protocol MethodAdministration: Sendable {
    /// A person's methods, masked.
    func methods(of login: String, by administrator: Administrator) async throws(ServiceError) -> [MethodView]

    /// A person's methods with their addresses and numbers, and nothing else that is private.
    func revealMethods(
        of login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<[MethodView]>

    /// Enters a value: a candidate until the person has proven it, an office phone at once.
    func addMethod(
        _ request: MethodRequest,
        to login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<MethodEntryResult>

    /// - Parameter id: nil for all.
    /// - Returns: how many there were.
    func removeMethods(
        of login: String,
        id: String?,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Int>

    /// - Throws: ``ServiceError`` when the file cannot be read at all.
    func importMethods(_ request: ImportRequest, by administrator: Administrator) async throws(ServiceError)
        -> ImportReport
}
