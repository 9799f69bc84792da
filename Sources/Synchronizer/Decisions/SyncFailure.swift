/// Why an attempt did not go on.
struct SyncFailure: Error, Sendable, Equatable {
    enum Cause: Sendable, Hashable {
        case feed(FeedError.Code)
        /// The mirror cannot be read or written.
        case store
        /// The content must be read again without cookies.
        case startOver
    }

    var cause: Cause
    /// One sentence for `status` and the log.
    var problem: String

    init(_ cause: Cause, _ problem: String) {
        self.cause = cause
        self.problem = problem
    }

    init(_ error: FeedError) {
        // A feed that was not stopped by us has lost its server, whatever it calls that.
        let code: FeedError.Code = error.code == .cancelled ? .unreachable : error.code
        self.init(.feed(code), error.description)
    }
}
