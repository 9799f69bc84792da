import Foundation
import LocalAPI
import ServiceLifecycle
import Synchronizer

/// One caller's feed: the mirror's history from a mark on, the state machine's steps, or both, until the caller goes
/// or the service stops.
struct ChangeFeedBody: Sendable {
    enum Kind: String, CaseIterable {
        case changes, transitions
    }

    let services: AdminServices
    let history: any ChangeHistory
    let kinds: Set<Kind>
    let beat: Duration
    /// Whether the caller may still listen; asked with each beat.
    let isAllowed: @Sendable () async -> Bool

    private enum Occasion {
        case generation, beat
        case step(SyncTransition)
    }

    /// More than anybody leaves unread who is still there.
    private static let occasionLimit = 1024

    func write(from mark: ChangeMark?, to events: inout EventWriter) async throws {
        var mark = mark
        if kinds.contains(.changes) { mark = try await begin(mark, &events) }
        let (occasions, told) = AsyncStream<Occasion>.makeStream(bufferingPolicy: .bufferingNewest(Self.occasionLimit))
        let listening = Task { await listen(told) }
        defer { listening.cancel() }
        try await withGracefulShutdownHandler {
            for await occasion in occasions {
                switch occasion {
                case .generation: mark = try await catchUp(mark, &events)
                case .step(let step): try await events.send("transition", TransitionDocument(step))
                case .beat:
                    guard await isAllowed() else { return }
                    try await events.beat()
                }
            }
        } onGracefulShutdown: {
            told.finish()
        }
    }

    private func listen(_ told: AsyncStream<Occasion>.Continuation) async {
        await withTaskGroup(of: Void.self) { group in
            if kinds.contains(.changes) {
                group.addTask { for await _ in history.generations() { told.yield(.generation) } }
            }
            if kinds.contains(.transitions) {
                group.addTask { for await step in await services.sync.transitions() { told.yield(.step(step)) } }
            }
            group.addTask {
                while !Task.isCancelled {
                    try? await Task.sleep(for: beat)
                    told.yield(.beat)
                }
            }
            await group.waitForAll()
        }
    }

    /// Says where the feed begins.
    private func begin(_ mark: ChangeMark?, _ events: inout EventWriter) async throws -> ChangeMark? {
        guard case .changes(let found, let through) = try await history.changes(after: mark) else {
            return try await catchUp(mark, &events)
        }
        // With changes to tell, the position is still the caller's own.
        let start = found.isEmpty ? through : ChangeMark(generation: mark?.generation ?? 0, history: through.history)
        let position = PositionDocument(
            isReset: false,
            generation: start.generation,
            freshness: await services.freshness()
        )
        try await events.send("position", id: "\(start)", position)
        return start
    }

    /// Tells all that happened since the mark.
    private func catchUp(_ mark: ChangeMark?, _ events: inout EventWriter) async throws -> ChangeMark? {
        var mark = mark
        while true {
            switch try await history.changes(after: mark) {
            case .startOver(let now):
                let reset = PositionDocument(
                    isReset: true,
                    generation: now.generation,
                    freshness: await services.freshness()
                )
                try await events.send("reset", id: "\(now)", reset)
                mark = now
            case .changes([], let through):
                return through
            case .changes(let generations, let through):
                for generation in generations { try await tell(generation, through.history, &events) }
                mark = through
            }
        }
    }

    private func tell(_ generation: LoggedGeneration, _ history: String?, _ events: inout EventWriter) async throws {
        let mark = ChangeMark(generation: generation.generation, history: history)
        try await events.send(
            "change",
            id: "\(mark)",
            ChangeDocument(generation, freshness: await services.freshness())
        )
    }
}
