/// How long a test waits for what must come: only a failure ever waits so long, and a busy machine is not one.
package let patience = Duration.seconds(60)

/// Waits until a condition holds; for what happens in other tasks.
/// - Returns: false when it did not hold before the deadline.
package func eventually(
    within deadline: Duration = patience,
    _ condition: () async throws -> Bool
) async rethrows -> Bool {
    let end = ContinuousClock.now + deadline
    while ContinuousClock.now < end {
        if try await condition() { return true }
        // Only lets others run: no test depends on how long this takes.
        try? await Task.sleep(for: .milliseconds(1))
    }
    return try await condition()
}

/// Asks until the answer is yes; throws at the deadline.
package func eventually(
    _ what: String,
    within limit: Duration = patience,
    _ condition: () async throws -> Bool
) async throws {
    guard try await eventually(within: limit, condition) else { throw TestError("\(what): not within \(limit)") }
}

/// What a component that looks at a clock may sleep between two looks, where a test moves that clock by hand.
package func shortPause() async throws { try await Task.sleep(for: .milliseconds(5)) }
