/// The limits that a configuration sets, by the names that they have there below `limits`.
package enum LimitName: String, Sendable, CaseIterable {
    case answersPerChallenge = "person.answersPerChallenge"
    case wrongAnswersPerMethod = "person.wrongAnswersPerHour"
    case signInFailures = "person.signInFailures"
    case messagesPerPerson = "person.messagesPerHour"
    case messagesPerPersonAndDay = "person.messagesPerDay"
    case messagesPerDestination = "destination.messagesPerHour"
    case messagesPerDestinationAndDay = "destination.messagesPerDay"
    case sessionStartsPerMinute = "frontend.sessionsPerMinute"
    case attemptsPerAddress = "address.attemptsPerMinute"
    case attemptsInAll = "global.attemptsPerMinute"
}

extension Limits {
    /// As configured; nil: none.
    package subscript(_ name: LimitName) -> Int? {
        switch name {
        case .answersPerChallenge: answersPerChallenge
        case .wrongAnswersPerMethod: wrongAnswersPerMethod
        case .signInFailures: signInFailures
        case .messagesPerPerson: messagesPerPerson
        case .messagesPerPersonAndDay: messagesPerPersonAndDay
        case .messagesPerDestination: messagesPerDestination
        case .messagesPerDestinationAndDay: messagesPerDestinationAndDay
        case .sessionStartsPerMinute: sessionStartsPerMinute
        case .attemptsPerAddress: attemptsPerAddress
        case .attemptsInAll: attemptsInAll
        }
    }

    /// With what those have more who were quiet.
    package func raised(forQuiet isQuiet: Bool) -> Limits {
        guard isQuiet else { return self }
        var limits = self
        limits.attemptsInAll = attemptsInAll.map(Self.withReserve)
        limits.sessionStartsPerMinute = Self.withReserve(sessionStartsPerMinute)
        return limits
    }

    /// With what somebody's first message of a day has more, asked for by a client that asked for none before.
    package var raisedForFirstMessage: Limits {
        var limits = self
        limits.messagesPerPerson = Self.withReserve(messagesPerPerson)
        limits.messagesPerPersonAndDay = Self.withReserve(messagesPerPersonAndDay)
        limits.messagesPerDestination = Self.withReserve(messagesPerDestination)
        limits.messagesPerDestinationAndDay = Self.withReserve(messagesPerDestinationAndDay)
        limits.pauseBetweenMessages = 0
        return limits
    }

    /// Whether a challenge takes no more answers.
    package func areSpent(_ answers: Int) -> Bool {
        held(.answersPerChallenge).map { answers >= $0 } ?? false
    }

    /// How many failed sign-ins hold.
    package var signInFailuresInForce: Int { held(.signInFailures) ?? signInFailures }

    /// What holds. While limits are tried out these are the defaults: nobody may guess or be sent more than with no
    /// configuration at all, and what only delays holds nobody back.
    package func held(_ name: LimitName) -> Int? {
        if name == .signInFailures, let signInFailuresLeft { return signInFailuresLeft }
        guard isDryRun else { return self[name] }
        return switch name {
        case .sessionStartsPerMinute, .attemptsPerAddress, .attemptsInAll: nil
        default: Limits()[name]
        }
    }
}
