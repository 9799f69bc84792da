extension Wording {
    /// What is said where no template says it otherwise.
    package static let english = Wording(
        complete: Dictionary(
            uniqueKeysWithValues: MessageTopic.allCases.map { topic in
                (topic, templates(topic.isCode ? EnglishWords.code(topic) : EnglishWords.notice(topic), topic))
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
        default: "A temporary access pass was issued for your account just now. Whoever has it can register for you."
        }
    }
}
