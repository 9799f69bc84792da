import Foundation

/// The state machine of following a directory: which state, since when, until when, and every step as an event.
/// No I/O. What cannot happen in a state changes nothing in it.
struct SyncLifecycle: Sendable {
    private(set) var stage = SyncStage.starting
    /// The last sign of the server, or the beginning of the state if that is later.
    private(set) var heardAt: Date
    private var number = 0

    init(at time: Date) { heardAt = time }

    /// When the state has lasted too long.
    var deadline: Date? {
        if case .waiting(let until) = stage { return until }
        return stage.patience.map { heardAt.addingTimeInterval($0) }
    }

    /// - Returns: the step, if it is one to another state or a failure.
    mutating func note(_ happening: SyncHappening, at time: Date) -> SyncTransition? {
        guard stage != .stopped, let next = next(happening) else { return nil }
        if happening == .heard || next.stage.state != stage.state { heardAt = time }
        return move(to: next.stage, next.cause, next.text, at: time)
    }

    /// What follows from the time that has passed.
    enum Expiry: Sendable, Equatable {
        case nothing
        case became(SyncTransition)
        /// The connection is to be ended, for that reason.
        case giveUp(String)
    }

    mutating func expire(at time: Date) -> Expiry {
        guard let patience = stage.patience, let deadline, time >= deadline else { return .nothing }
        let seconds = Int(patience)
        switch stage {
        case .following(let following):
            let text = "the server has said nothing for \(seconds) s"
            return move(to: .silent(following), .silent, text, at: time).map { .became($0) } ?? .nothing
        case .connecting:
            return .giveUp("no server could be connected to and bound to within \(seconds) s")
        case .probing:
            return .giveUp("the server did not show its root DSE within \(seconds) s")
        case .refreshing:
            return .giveUp("the server sent nothing for \(seconds) s in the middle of its answer; see its log")
        default:
            return .giveUp("the server has said nothing for \(seconds) s, though its connection stands")
        }
    }

    private mutating func move(
        to next: SyncStage,
        _ cause: SyncTransition.Cause,
        _ text: String,
        at time: Date
    ) -> SyncTransition? {
        let from = stage.state
        stage = next
        // A silent connection that is given up stays stale, and that is worth a line.
        guard from != next.state || cause == .failed else { return nil }
        number += 1
        return SyncTransition(
            number: number,
            at: time,
            from: from,
            to: next.state,
            cause: cause,
            text: text,
            deadline: deadline
        )
    }
}
