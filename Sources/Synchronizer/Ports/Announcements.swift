import Foundation
import Synchronization

/// Tells everybody who listens.
package final class Announcements<Element: Sendable>: Sendable {
    private let listeners = Mutex<[UUID: AsyncStream<Element>.Continuation]>([:])

    package init() {}

    /// Listens until the stream is dropped or its task is cancelled.
    /// - Parameters:
    ///   - first: told at once, if there is one.
    ///   - limit: how much waits for a listener who is busy; the oldest is dropped then.
    package func listen(first: Element? = nil, limit: Int) -> AsyncStream<Element> {
        let (stream, continuation) = AsyncStream<Element>.makeStream(bufferingPolicy: .bufferingNewest(limit))
        let id = UUID()
        continuation.onTermination = { [weak self] _ in
            _ = self?.listeners.withLock { $0.removeValue(forKey: id) }
        }
        if let first { continuation.yield(first) }
        listeners.withLock { $0[id] = continuation }
        return stream
    }

    package func announce(_ element: Element) {
        for listener in listeners.withLock({ Array($0.values) }) { listener.yield(element) }
    }
}

extension AsyncStream where Element: Sendable {
    /// Returns at the next element, at the latest once `sleep` has. Of use once: the wait that is given up ends the stream,
    /// and another one would return at once, again and again.
    package consuming func wait(atMost sleep: @escaping @Sendable () async throws -> Void) async {
        let stream = self
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await sleep() }
            group.addTask { for await _ in stream { return } }
            await group.next()
            group.cancelAll()
        }
    }
}
