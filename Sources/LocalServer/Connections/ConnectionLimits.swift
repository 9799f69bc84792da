/// What one socket's connections may cost. Every bound is here.
package struct ConnectionLimits: Sendable, Equatable {
    /// Connections at a time; more wait in the kernel's queue.
    package var connections = 256
    /// Bytes of a request's body.
    package var body = 64 * 1024
    /// Bytes of a body that is too large that are read and dropped, so that the answer can be read.
    package var dropped = 1024 * 1024 * 1024
    /// Bytes of all header fields together, and of one.
    package var headers = 16 * 1024
    package var headerFields = 64
    /// How long a request may take to arrive after its head.
    package var request: Duration = .seconds(30)
    /// How long a part of an answer may take to be taken.
    package var response: Duration = .seconds(30)
    /// How long a connection may be silent, or take for a request's head.
    package var idle: Duration = .seconds(60)
    /// How long a stop waits for the first request of who has just connected.
    package var firstRequest: Duration = .milliseconds(200)
    /// How long requests in flight may take once the service stops.
    package var shutdown: Duration = .seconds(10)
    /// How long a caller may wait for something to change.
    package var wait: Duration = .seconds(30)
    /// How often a challenge that is waited for is looked at.
    package var poll: Duration = .milliseconds(250)

    /// How often a feed on which nothing happens says so.
    package var beat: Duration = .seconds(15)

    package init() {}

    /// The admin socket takes files to import.
    package static var administration: ConnectionLimits {
        var limits = ConnectionLimits()
        limits.body = 1024 * 1024
        return limits
    }
}
