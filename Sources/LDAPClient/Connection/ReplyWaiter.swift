/// Somebody who waits for the one answer to a request.
struct ReplyWaiter {
    let operation: String
    /// When it is told that no answer came.
    var deadline: ContinuousClock.Instant
    let continuation: CheckedContinuation<Result<ServerMessage, LDAPError>, Never>

    func finish(_ result: Result<ServerMessage, LDAPError>) {
        continuation.resume(
            returning: result.mapError { error in
                var error = error
                error.operation = operation
                return error
            }
        )
    }
}
