/// The messages of a content synchronisation in batches as they arrive, in the server's order. To be read once.
///
/// Ends after ``SyncMessage/done(cookie:refreshDeletes:)``; every result but success is thrown, after the
/// messages before it. Reading no further makes the server wait; letting go of the iterator abandons the search.
package struct SyncBatches: AsyncSequence, Sendable {
    package typealias Element = [SyncMessage]
    package typealias Failure = LDAPError

    let stream: MessageStream

    package func makeAsyncIterator() -> Iterator { Iterator(stream: stream) }

    package struct Iterator: AsyncIteratorProtocol {
        private let stream: MessageStream
        private var isFinished = false

        init(stream: MessageStream) { self.stream = stream }

        package mutating func next() async throws(LDAPError) -> [SyncMessage]? {
            try await next(isolation: nil)
        }

        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(LDAPError) -> [SyncMessage]? {
            guard !isFinished else { return nil }
            switch try await stream.connection.nextMessages(of: stream.id, until: nil) {
            case .batch(let messages):
                return try decode(messages)
            case .end(let message):
                isFinished = true
                try OperationResult(of: message, operation: "sync", server: stream.connection.server).requireSuccess()
                return try decode([message])
            }
        }

        private func decode(_ messages: [ServerMessage]) throws(LDAPError) -> [SyncMessage] {
            try stream.connection.server.decoding("sync") { () throws(BERError) in
                var decoded: [SyncMessage] = []
                decoded.reserveCapacity(messages.count)
                for message in messages {
                    if let next = try SyncControls.decode(message) { decoded.append(next) }
                }
                return decoded
            }
        }
    }
}
