import Synchronization

/// The entries of a search, in batches as they arrive. To be read once.
///
/// Ends only when the server says success; every other result is thrown after the entries before it.
/// Reading no further makes the server wait; letting go of the iterator abandons the search.
package struct SearchBatches: AsyncSequence, Sendable {
    package typealias Element = [SearchEntry]
    package typealias Failure = LDAPError

    let stream: MessageStream
    let deadline: ContinuousClock.Instant?

    package func makeAsyncIterator() -> Iterator { Iterator(stream: stream, deadline: deadline) }

    package struct Iterator: AsyncIteratorProtocol {
        private let stream: MessageStream
        private let deadline: ContinuousClock.Instant?
        private var isFinished = false
        /// Continuation references among the entries so far.
        package private(set) var references = 0

        init(stream: MessageStream, deadline: ContinuousClock.Instant?) {
            self.stream = stream
            self.deadline = deadline
        }

        package mutating func next() async throws(LDAPError) -> [SearchEntry]? {
            try await next(isolation: nil)
        }

        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(LDAPError) -> [SearchEntry]? {
            guard !isFinished else { return nil }
            let server = stream.connection.server
            switch try await stream.connection.nextMessages(of: stream.id, until: deadline) {
            case .batch(let messages):
                references += messages.count { $0.tag == ServerMessage.searchReference }
                return try server.decoding("search") { () throws(BERError) in
                    var entries: [SearchEntry] = []
                    entries.reserveCapacity(messages.count)
                    for message in messages where message.tag == ServerMessage.searchEntry {
                        entries.append(try SearchEntry(message))
                    }
                    return entries
                }
            case .end(let message):
                isFinished = true
                stream.isOver.store(true, ordering: .relaxed)
                try OperationResult(of: message, operation: "search", server: server).requireSuccess()
                return nil
            }
        }
    }
}
