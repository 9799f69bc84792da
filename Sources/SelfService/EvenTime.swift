/// Gives answers at even times only, so that they do not tell what it took to find them: whether somebody exists, is
/// registered or locked (ASVS 5.0, 6.3.8). The same questions are asked for everybody; the directory answers some of
/// them sooner than others.
package struct EvenTime: Sendable {
    /// Longer than the work takes as a rule; `zero`: at once.
    package var step: Duration

    package static let stepDefault = Duration.milliseconds(20)

    package init(step: Duration) {
        self.step = step
    }

    /// Since the question, when the answer is given.
    /// - Parameter elapsed: until it was known.
    package func moment(after elapsed: Duration) -> Duration {
        guard step > .zero else { return elapsed }
        return step * (Int((elapsed / step).rounded(.down)) + 1)
    }

    /// The answer, or the refusal, of the work.
    func answer<Value: Sendable>(
        _ work: () async throws(ServiceError) -> Value
    ) async throws(ServiceError) -> Value {
        let begun = ContinuousClock.now
        let result: Result<Value, ServiceError>
        do throws(ServiceError) {
            result = .success(try await work())
        } catch {
            result = .failure(error)
        }
        let moment = begun + moment(after: ContinuousClock.now - begun)
        if moment > .now { try? await Task.sleep(until: moment, clock: .continuous) }
        return try result.get()
    }
}
