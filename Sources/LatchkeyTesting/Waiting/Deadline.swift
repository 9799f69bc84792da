/// Runs the body and throws if it takes longer. For tests that wait for an event: they end when it comes, and
/// fail when it does not.
package func withDeadline<Value: Sendable>(
    _ limit: Duration = patience,
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
