import Foundation

/// A time in which nothing goes right. It is told once when it begins, once when its cause becomes another one,
/// and once when it ends, however many attempts lie between.
struct Incident: Sendable {
    let began: Date
    private(set) var problem: String
    private var told: Set<SyncFailure.Cause>

    init(_ failure: SyncFailure, at time: Date) {
        began = time
        problem = failure.problem
        told = [failure.cause]
    }

    /// - Returns: whether this cause has not been told yet.
    mutating func goesOn(_ failure: SyncFailure) -> Bool {
        problem = failure.problem
        return told.insert(failure.cause).inserted
    }
}
