/// What a message is about. The raw values are part of the template files and of stored messages.
package enum MessageTopic: String, Sendable, Codable, CaseIterable {
    case registrationCode = "registration-code"
    case resetCode = "reset-code"
    case unlockCode = "unlock-code"
    case methodAdded = "method-added"
    case methodRemoved = "method-removed"
    case valueChanged = "value-changed"
    case methodEntered = "method-entered"
    case methodsRemoved = "methods-removed"
    case passIssued = "pass-issued"
    case passwordChanged = "password-changed"
    case passwordReverted = "password-reverted"
    /// A password was changed, and not in one of the linked directories.
    case passwordKept = "password-kept"
    case accountUnlocked = "account-unlocked"
    case resetsStopped = "resets-stopped"
    case resetLink = "reset-link"
    case nothingToReset = "nothing-to-reset"
    /// What stands below a notice by mail, with the link that stops everything.
    case notMe = "not-me"

    /// Whether it carries something to prove; the others only tell.
    package var isCode: Bool {
        switch self {
        case .registrationCode, .resetCode, .unlockCode: true
        default: false
        }
    }

    /// In which it can go out.
    package var forms: [MessageForm] {
        switch self {
        case .notMe: [.mail]
        case .resetLink, .nothingToReset: [.subject, .mail]
        default: isCode ? MessageForm.allCases : [.subject, .mail, .text]
        }
    }
}

/// The shape in which a topic is put into words. The raw values are part of the template files.
package enum MessageForm: String, Sendable, Codable, CaseIterable {
    /// Of a mail. It shows on locked screens: no code.
    case subject
    case mail, text
    /// A call in which the number on the page is keyed.
    case call
    /// A call in which one key says yes.
    case press
    /// What a device shows.
    case notification

    /// Characters that its words may have. A text of more than three parts costs more than it tells.
    package var lengthMax: Int {
        switch self {
        case .subject: 120
        case .mail: 8000
        case .text, .call, .press, .notification: 400
        }
    }

    package var isOneLine: Bool { self != .mail }
}

/// Words that a template leaves open.
package enum Placeholder: String, Sendable, CaseIterable {
    case code, minutes, method, link, lifetime, text

    /// Without which a message would be useless.
    static func needed(_ topic: MessageTopic, _ form: MessageForm) -> Set<Placeholder> {
        switch topic {
        case .resetLink, .notMe: form == .mail ? [.link] : []
        case .nothingToReset: form == .mail ? [.text] : []
        case .passwordKept: allowed(topic, form)
        default: allowed(topic, form).intersection([.code])
        }
    }

    /// In a topic's form. Where a code is sent it is needed; where it is shown or keyed it must not be said.
    static func allowed(_ topic: MessageTopic, _ form: MessageForm) -> Set<Placeholder> {
        switch (topic, form) {
        case (.resetLink, .mail): return [.link, .code, .lifetime]
        case (.notMe, .mail): return [.link]
        case (.nothingToReset, .mail), (.passwordKept, .mail), (.passwordKept, .text): return [.text]
        default: break
        }
        return switch form {
        case .mail, .text: topic.isCode ? [.code, .minutes] : topic.namesMethod ? [.method] : []
        case .subject, .call, .press, .notification: []
        }
    }
}

extension MessageTopic {
    /// Whether it is about one method, which it may name.
    var namesMethod: Bool {
        switch self {
        case .methodAdded, .methodRemoved, .valueChanged, .methodEntered: true
        default: false
        }
    }
}
