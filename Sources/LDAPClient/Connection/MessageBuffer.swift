/// The messages of one search that have arrived and are not read yet.
struct MessageBuffer {
    enum Level { case hasRoom, isFull }

    /// The most messages that are handed out at once.
    static let batchMax = 256
    /// When to stop reading from the server.
    private static let messagesMax = 4 * batchMax
    private static let bytesMax = 8 << 20

    let operation: String
    private var messages: [ServerMessage] = []
    private var byteCount = 0
    private(set) var ending: Result<ServerMessage, LDAPError>?
    private(set) var reader: CheckedContinuation<Void, Never>?
    /// When who waits is told that nothing came; nil: never, or nobody waits.
    var deadline: ContinuousClock.Instant?

    init(operation: String) { self.operation = operation }

    var isFull: Bool { messages.count >= Self.messagesMax || byteCount >= Self.bytesMax }
    var isReadable: Bool { !messages.isEmpty || ending != nil }

    mutating func append(_ message: ServerMessage) -> Level {
        guard message.isPartial else {
            end(.success(message))
            return .hasRoom
        }
        messages.append(message)
        byteCount += message.bytes.count
        if messages.count >= Self.batchMax { wake() }
        return isFull ? .isFull : .hasRoom
    }

    /// The first end counts. What arrived before it is still handed out.
    mutating func end(_ result: Result<ServerMessage, LDAPError>) {
        if ending == nil { ending = result }
        wake()
    }

    /// Everything goes, and nothing more comes: the reader gave up.
    mutating func discard(_ error: LDAPError) {
        messages = []
        byteCount = 0
        ending = .failure(error)
        wake()
    }

    mutating func wake() {
        guard isReadable else { return }
        reader?.resume()
        reader = nil
        deadline = nil
    }

    mutating func wait(_ continuation: CheckedContinuation<Void, Never>, until deadline: ContinuousClock.Instant?) {
        self.deadline = deadline
        reader = continuation
    }

    mutating func takeMessages() -> [ServerMessage] {
        guard messages.count > Self.batchMax else {
            defer { messages = [] }
            byteCount = 0
            return messages
        }
        let batch = Array(messages.prefix(Self.batchMax))
        messages.removeFirst(Self.batchMax)
        byteCount -= batch.reduce(0) { $0 + $1.bytes.count }
        return batch
    }
}
