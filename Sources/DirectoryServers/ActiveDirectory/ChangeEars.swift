import LDAPClient

/// What wakes up a feed of Active Directory: each function waits for one thing.
struct ChangeEars: Sendable {
    enum Heard: Sendable {
        /// Something changed.
        case change
        /// The interval is over.
        case time
        /// The server answered a probe.
        case life
        /// The server notifies no more; asking often is what is left.
        case nothing
    }

    let connection: LDAPConnection
    private let notification: ChangeNotification?
    private let bell: ContactBell
    private let changes: AsyncStream<Void>
    private let heard: AsyncStream<Void>.Continuation

    /// Between two questions while the server notifies.
    static let slowly = Duration.seconds(60)
    /// Between two questions where it does not.
    static let often = Duration.seconds(5)
    /// Between two probes, unless somebody wants to know sooner.
    private static let probeInterval = Duration.seconds(10)
    /// A server that does not answer a probe for so long is taken for dead.
    private static let probeDeadline = Duration.seconds(10)
    /// Changes come in swarms; one question serves for all of them.
    private static let gathering = Duration.milliseconds(20)

    init(connection: LDAPConnection, notification: ChangeNotification?, bell: ContactBell) {
        self.connection = connection
        self.notification = notification
        self.bell = bell
        (changes, heard) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Reads notifications for as long as there are any.
    func listen() async throws -> Heard {
        guard let notification else { return .nothing }
        do throws(LDAPError) {
            while true {
                try await notification.next()
                heard.yield()
            }
        } catch {
            // A refusal, as opposed to a connection that is gone.
            guard error.code.rawValue > 0 else { throw error }
            return .nothing
        }
    }

    func change() async throws -> Heard {
        for await _ in changes { break }
        try await Task.sleep(for: Self.gathering)
        return .change
    }

    func time(_ interval: Duration) async throws -> Heard {
        try await Task.sleep(for: interval)
        return .time
    }

    func life() async throws -> Heard {
        try await bell.wait(atMost: Self.probeInterval)
        _ = try await connection.entry(.root, attributes: ["1.1"], deadline: Self.probeDeadline)
        return .life
    }
}
