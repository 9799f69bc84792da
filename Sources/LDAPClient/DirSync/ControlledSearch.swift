/// A search with controls, whose end is kept: that is where the server's own controls come.
///
/// Every result but success is thrown, after the entries before it. Letting go of it abandons the search.
struct ControlledSearch {
    private let stream: MessageStream
    private let operation: String
    private let deadline: ContinuousClock.Instant?
    /// The message that ended the search with success.
    private(set) var end: ServerMessage?
    /// The continuation references among the entries that ``next()`` gave last.
    private(set) var references: [ContinuationReference] = []

    /// - Parameter deadline: for each wait and for the whole; `nil` for a search that never ends.
    init(
        _ connection: LDAPConnection,
        _ request: SearchRequest,
        _ controls: [RequestControl],
        operation: String,
        deadline: Duration?
    ) async throws(LDAPError) {
        let instant = deadline.map { ContinuousClock.now + $0 }
        let sending = instant ?? .now + LDAPConnection.usualDeadline
        stream = try await connection.start(request, controls, operation: operation, until: sending)
        self.operation = operation
        self.deadline = instant
    }

    /// The entries that have arrived; `nil` after the end.
    mutating func next() async throws(LDAPError) -> [SearchEntry]? {
        guard end == nil else { return nil }
        let server = stream.connection.server
        switch try await stream.connection.nextMessages(of: stream.id, until: deadline) {
        case .batch(let messages):
            let (entries, references) = try server.decoding(operation) { () throws(BERError) in
                try Self.decoded(messages)
            }
            self.references = references
            return entries
        case .end(let message):
            references = []
            try OperationResult(of: message, operation: operation, server: server).requireSuccess()
            end = message
            return nil
        }
    }

    private static func decoded(
        _ messages: [ServerMessage]
    ) throws(BERError) -> ([SearchEntry], [ContinuationReference]) {
        var entries: [SearchEntry] = []
        var references: [ContinuationReference] = []
        for message in messages {
            switch message.tag {
            case ServerMessage.searchEntry: entries.append(try SearchEntry(message))
            case ServerMessage.searchReference: references.append(try ContinuationReference(message))
            default: break
            }
        }
        return (entries, references)
    }

    /// A control of the end, decoded.
    /// - Throws: `decodingError` also where the control is missing: the server agreed to send it.
    func control<Value>(
        _ oid: String,
        _ decode: ([UInt8]) throws(BERError) -> Value
    ) throws(LDAPError) -> Value {
        try stream.connection.server.decoding(operation) { () throws(BERError) in
            guard let value = try end?.control(oid) else { throw BERError() }
            return try decode(value)
        }
    }
}
