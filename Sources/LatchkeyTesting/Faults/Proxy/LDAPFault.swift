/// What a ``LDAPFaultProxy`` does otherwise than the server behind it: a script that sees each message.
///
/// Scripts are asked from several threads and keep no state; what they need to count is told to them.
package struct LDAPFault: Sendable {
    package enum RequestVerdict: Sendable {
        case pass
        /// The server gets these bytes in its place.
        case replace([UInt8])
        /// The client gets these bytes for an answer, and the server never hears of it.
        case answer([UInt8])
        case drop
        /// The server gets it, and the connection breaks before its answer.
        case loseAnswer
        /// The server gets it, and its answer is lost; the connection stays.
        case swallowAnswer
        /// The connection breaks right after the answer.
        case cutAfterAnswer
    }

    package enum AnswerVerdict: Sendable {
        case pass
        /// The client gets these messages in its place; none: it is lost.
        case replace([[UInt8]])
        /// The client gets this as the last answer to the request. What the server still says to it is lost.
        case end([UInt8])
        /// The connection breaks before it.
        case cut
    }

    /// An answer on its way to the client.
    package struct Answer: Sendable {
        package let request: WireRequest
        package let message: WireMessage
        /// Entries that the server has sent to the same request before.
        package let entriesBefore: Int
        /// The same of sets of entries that are present (slapd puts up to 256 into each).
        package let presentSetsBefore: Int
        /// Whether the end of a refresh has gone by before (RFC 4533, 3.3.2).
        package let isLive: Bool
    }

    package var onRequest: @Sendable (WireRequest) -> RequestVerdict
    package var onAnswer: @Sendable (Answer) -> AnswerVerdict

    package init(
        onRequest: @escaping @Sendable (WireRequest) -> RequestVerdict = { _ in .pass },
        onAnswer: @escaping @Sendable (Answer) -> AnswerVerdict = { _ in .pass }
    ) {
        self.onRequest = onRequest
        self.onAnswer = onAnswer
    }

    package static var none: LDAPFault { LDAPFault() }
}
