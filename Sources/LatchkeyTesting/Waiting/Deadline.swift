/// Runs the body and throws if it takes longer. For tests that wait for an event: they end when it comes, and
/// fail when it does not.
package func withDeadline<Value: Sendable>(
    _ limit: Duration = .seconds(20),
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            throw TestError("nothing happened within \(limit)")
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw TestError("no task ran") }
        return value
    }
}

/// Asks until the answer is yes; throws at the deadline. For facts that nobody announces.
package func eventually(
    _ what: String,
    within limit: Duration = .seconds(20),
    _ condition: @Sendable () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw TestError("\(what): not within \(limit)") }
        try await Task.sleep(for: .milliseconds(5))
    }
}
