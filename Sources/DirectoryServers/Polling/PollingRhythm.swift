/// When a server that pushes nothing is asked.
package struct PollingRhythm: Sendable {
    /// Between two questions for what changed.
    package var interval: Duration
    /// Each so many questions, everything is read and compared: only that finds what is gone.
    package var questionsPerAudit: Int
    package var sleep: @Sendable (Duration) async throws -> Void

    package static let usualInterval = Duration.seconds(30)
    package static let usualQuestionsPerAudit = 20

    package init(
        interval: Duration = usualInterval,
        questionsPerAudit: Int = usualQuestionsPerAudit,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.interval = interval
        self.questionsPerAudit = max(1, questionsPerAudit)
        self.sleep = sleep
    }
}
