/// What one kind of method is: the same questions for all, answered by one small type per kind.
package protocol MethodType: Sendable {
    static var kind: MethodKind { get }
    /// Whether it counts towards `register.strong`.
    static var isStrong: Bool { get }
    /// Whether a person may add it themselves; else an administrator does.
    static var isAddedByPerson: Bool { get }
    /// The ways in which a challenge can travel; empty where there is only one.
    static var via: [Via] { get }

    /// How a challenge is put to the person and answered.
    static func exchange(via: Via?) -> Exchange
    /// The masked form of a method's value.
    static func hint(_ value: String) -> String
    /// The members of a request that this kind takes, beside `kind` and `label`.
    static var members: Set<String> { get }
    /// Makes a method of what a request says, or says what is wrong with it.
    static func enrol(_ request: MethodRequest, with tools: EnrolmentTools) async throws(ServiceError) -> Enrolment
}

extension MethodType {
    package static var isStrong: Bool { true }
    package static var isAddedByPerson: Bool { true }
    package static var via: [Via] { [] }
}

/// How a challenge is put, and how its answer comes back.
package enum Exchange: String, Sendable, Codable {
    /// A code goes to the stored address or number and is typed.
    case mailedCode = "mailed-code"
    case textedCode = "texted-code"
    /// The stored number is called, and a key or the number on the page is pressed there.
    case call
    /// A device is notified, shows nothing to tap alone, and signs the decision.
    case decision
    /// The current code of an app is typed; nothing is sent.
    case appCode = "app-code"
    /// Answers to questions, or a stored code, are typed and compared with slow hashes; nothing is sent.
    case storedSecret = "stored-secret"

    /// What carries the message; nil where nothing is sent.
    package var channel: Channel? {
        switch self {
        case .mailedCode: .email
        case .textedCode: .text
        case .call: .voice
        case .decision: .notification
        case .appCode, .storedSecret: nil
        }
    }

    /// Whether the person types something into the page.
    package var isTyped: Bool { self != .call && self != .decision }
}
