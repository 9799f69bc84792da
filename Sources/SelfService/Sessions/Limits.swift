package import Foundation

/// The limits of DESIGN's fine print. Times in seconds.
package struct Limits: Sendable, Equatable {
    /// Answers to one challenge.
    package var answersPerChallenge = 5
    /// Wrong answers per person and method within ``window``, across sessions and restarts.
    package var wrongAnswersPerMethod = 5
    /// Messages per destination within ``window``.
    package var messagesPerDestination = 10
    /// Messages to all methods of one person within ``window``: adding other numbers buys no more.
    package var messagesPerPerson = 20
    /// Messages per destination within a day.
    package var messagesPerDestinationAndDay = 30
    /// Messages to all methods of one person within a day.
    package var messagesPerPersonAndDay = 60
    /// What texts and calls may cost in all.
    package var budgets = DeliveryBudgets()
    /// From the third message to a destination within ``window`` on, the pause before the next.
    package var pauseBetweenMessages: TimeInterval = 30
    /// Messages to a destination that need no pause.
    package var messagesWithoutPause = 3
    package var window: TimeInterval = 3600
    /// Notifications to a person's devices within ``window``: more would be nagging until somebody gives in.
    package var promptsPerPerson = 3
    /// Challenges that one session may open.
    package var challengesPerSession = 60
    /// Sessions that one front end may start in a minute.
    package var sessionStartsPerMinute = 100
    /// Sign-ins, starts of resets, requests for links and answers that may come from one client address in a minute.
    package var attemptsPerAddress = 60
    /// Sign-ins, starts of resets and requests for links in a minute, of everybody together; nil: as many as come.
    package var attemptsInAll: Int?
    /// Failed sign-ins per person within ``signInWindow``.
    package var signInFailures = 2
    /// How many of them the directory's own lockout leaves, as far as it has said.
    package var signInFailuresLeft: Int?
    package var signInWindow: TimeInterval = 900
    /// What is configured is only tried out: see ``held(_:)``.
    package var isDryRun = false

    package init() {}

    /// What those have more who were quiet: somebody who floods from elsewhere cannot take all there is.
    package static func withReserve(_ limit: Int) -> Int { limit + max(1, limit / 5) }
    /// Attempts of the last minute up to which an address counts as quiet.
    package static let quietAttempts = 3
}

/// How long things live, in seconds.
package struct Lifetimes: Sendable, Equatable {
    package var signIn: TimeInterval = 3600
    package var signInIdle: TimeInterval = 600
    package var reset: TimeInterval = 900
    package var code: TimeInterval = 600
    /// How long a proof counts as fresh.
    package var freshProof: TimeInterval = 600

    package init() {}
}
