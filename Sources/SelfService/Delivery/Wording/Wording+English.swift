extension Wording {
    /// What is said where no template says it otherwise.
    package static let english = Wording(
        complete: Dictionary(
            uniqueKeysWithValues: MessageTopic.allCases.map { topic in
                (topic, templates(EnglishWords.all(topic), topic))
            }
        ),
        Dictionary(uniqueKeysWithValues: MethodKind.allCases.map { ($0, $0.rawValue.replacing("-", with: " ")) }),
        language: "en"
    )

    private static func templates(_ words: [MessageForm: String], _ topic: MessageTopic) -> [MessageForm: Template] {
        var templates: [MessageForm: Template] = [:]
        for (form, text) in words { templates[form] = try? Template(text, topic: topic, form: form) }
        return templates
    }
}

private enum EnglishWords {
    static func all(_ topic: MessageTopic) -> [MessageForm: String] {
        switch topic {
        case .resetLink: resetLink
        case .nothingToReset: nothingToReset
        case .notMe: notMe
        case .passwordReverted: passwordReverted
        case .passwordKept: passwordKept
        default: topic.isCode ? code(topic) : notice(topic)
        }
    }

    private static let resetLink: [MessageForm: String] = [
        .subject: "Choose a new password",
        .mail: """
        Open this page to choose a new password:

            {link}

        If the page asks for a code, paste this:

            {code}

        It works once, within {lifetime}; a newer mail of this kind makes it worthless.
        Show it to nobody, not even to the helpdesk.
        If you did not ask for it, somebody else may have typed your address: you need not do anything.
        """,
    ]

    private static let passwordReverted: [MessageForm: String] = [
        .subject: "Your new password is not in force",
        .mail: """
        The password that you chose lately is not in force any more: your directory has gone back to an earlier one.

        Please choose a new one. If that does not succeed, turn to your helpdesk.
        """,
        .text:
            "The password that you chose lately is not in force any more: your directory has gone back to an earlier "
            + "one. Please choose a new one.",
    ]

    private static let nothingToReset: [MessageForm: String] = [
        .subject: "There is no password to reset",
        .mail: """
        Somebody, probably you, asked to reset the password of this account. There is none here:

        {text}
        """,
    ]

    private static let passwordKept: [MessageForm: String] = [
        .subject: "Your password was not changed everywhere",
        .mail: """
        The password of your account was reset just now, but not in this directory, where the old one goes on:

            {text}

        Reset it once more, or ask your helpdesk.
        """,
        .text: "Your password was reset just now, but not in {text}, where the old one goes on. "
            + "Reset it once more, or ask your helpdesk.",
    ]

    private static let notMe: [MessageForm: String] = [
        .mail: """
        If this was not you, open this page. It stops all resets and changes until the helpdesk has spoken with you:

            {link}
        """
    ]

    static func code(_ topic: MessageTopic) -> [MessageForm: String] {
        let action = action(topic)
        return [
            .subject: subject(topic),
            .mail: """
            Your code to \(action):

                {code}

            It is valid for {minutes} minutes and works once. Tell it to nobody, not even to the helpdesk.
            If you did not ask for it, somebody else may have typed your name: you need not do anything.
            """,
            .text: "{code} is your code to \(action). Tell it to nobody.",
            .call: "To \(action), key the number that the page shows you.",
            .press: "To \(action), press the hash key.",
            .notification: "Somebody asks to \(action). Is it you?",
        ]
    }

    private static func action(_ topic: MessageTopic) -> String {
        switch topic {
        case .resetCode: "reset your password"
        case .unlockCode: "unlock your account"
        default: "confirm that this is yours"
        }
    }

    private static func subject(_ topic: MessageTopic) -> String {
        switch topic {
        case .registrationCode: "Confirm your email address"
        case .resetCode: "Your code to reset your password"
        case .unlockCode: "Your code to unlock your account"
        case .methodAdded: "A new way to reset your password was added"
        case .methodRemoved: "A way to reset your password was removed"
        case .valueChanged: "A way to reset your password was changed"
        case .methodEntered: "A way to reset your password was entered for you"
        case .methodsRemoved: "Ways to reset your password were removed"
        case .passIssued: "A temporary access pass was issued for your account"
        case .passwordChanged: "Your password was changed"
        case .accountUnlocked: "Your account was unlocked"
        case .resetsStopped: "Resets of your password were stopped"
        case .resetLink, .nothingToReset, .notMe, .passwordReverted, .passwordKept: ""
        }
    }

    static func notice(_ topic: MessageTopic) -> [MessageForm: String] {
        let (what, ifNot) = (happening(topic), "tell your helpdesk at once.")
        let isOwn = topic.namesMethod
        return [
            .subject: subject(topic),
            .mail: """
            \(what)

            \(isOwn ? "If this was you" : "If you asked for it"), you need not do anything. \
            \(isOwn ? "If it was not" : "If you did not"), \(ifNot)
            """,
            .text: "\(what) \(isOwn ? "If this was not you" : "If you did not ask for it"), \(ifNot)",
        ]
    }

    private static func happening(_ topic: MessageTopic) -> String {
        switch topic {
        case .methodAdded: "A method ({method}) was added to your registration just now."
        case .methodRemoved: "A method ({method}) was removed from your registration just now."
        case .valueChanged: "A method ({method}) was changed in the directory for your registration just now."
        case .methodEntered: "A method ({method}) was entered by an administrator into your registration just now."
        case .methodsRemoved: "An administrator removed methods from your registration just now."
        case .passwordChanged: "The password of your account was reset just now."
        case .accountUnlocked: "Your account was locked and has been unlocked just now."
        case .resetsStopped:
            "Resets and changes were stopped for your account just now, since somebody said that one was not theirs. "
                + "The helpdesk lifts that."
        default: "A temporary access pass was issued for your account just now. Whoever has it can register for you."
        }
    }
}
