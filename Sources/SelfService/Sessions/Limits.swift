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
    /// Failed sign-ins per person within ``signInWindow``; set from the directory's own lockout.
    package var signInFailures = 2
    package var signInWindow: TimeInterval = 900

    package init() {}
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
