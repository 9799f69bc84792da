/// Why the daemon did not answer.
package struct LocalClientError: Error, Sendable, Equatable, CustomStringConvertible {
    package struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String { case unreachable, closed, timeout, malformed, tooLarge }
        private let value: Value

        /// Nobody listens at the socket, it is not there, or we may not connect.
        package static let unreachable = Code(value: .unreachable)
        /// The connection ended before the answer did.
        package static let closed = Code(value: .closed)
        package static let timeout = Code(value: .timeout)
        /// The answer is not HTTP, or not the document that was expected.
        package static let malformed = Code(value: .malformed)
        package static let tooLarge = Code(value: .tooLarge)

        package var description: String { value.rawValue }
    }

    package var code: Code
    package var socketPath: String
    /// One sentence.
    package var detail: String

    package init(_ code: Code, socketPath: String, detail: String) {
        self.code = code
        self.socketPath = socketPath
        self.detail = detail
    }

    package var description: String { "\(socketPath): \(detail)" }
}
