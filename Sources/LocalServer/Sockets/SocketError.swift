/// Why a socket could not be opened.
package struct SocketError: Error, Sendable, Equatable, CustomStringConvertible {
    package struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String { case invalidPath, notASocket, inUse, system, notListening }
        private let value: Value

        /// Too long for a Unix socket, or empty.
        package static let invalidPath = Code(value: .invalidPath)
        /// Something that is not a socket stands at the path. It is never replaced.
        package static let notASocket = Code(value: .notASocket)
        /// Somebody answers there.
        package static let inUse = Code(value: .inUse)
        /// The system refused.
        package static let system = Code(value: .system)
        /// The descriptor that was passed is not a listening stream socket.
        package static let notListening = Code(value: .notListening)

        package var description: String { value.rawValue }
    }

    package var code: Code
    package var path: String
    /// One sentence: what happened and what to do.
    package var detail: String

    init(_ code: Code, path: String, detail: String) {
        self.code = code
        self.path = path
        self.detail = detail
    }

    package var description: String { "\(path): \(detail)" }
}
