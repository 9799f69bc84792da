import Foundation

/// Which state follows from what happens in which.
extension SyncLifecycle {
    struct Step {
        var stage: SyncStage
        var cause: SyncTransition.Cause
        var text: String

        init(_ stage: SyncStage, _ cause: SyncTransition.Cause, _ text: String) {
            self.stage = stage
            self.cause = cause
            self.text = text
        }
    }

    /// - Returns: nil for what cannot happen here.
    func next(_ happening: SyncHappening) -> Step? {
        switch (happening, stage) {
        case (.stopped, _): Step(.stopped, .stopped, "the daemon is stopping")
        case (.failed(let problem, let until), _): Step(.waiting(until: until), .failed, problem)
        case (.startsOver(let problem), _): Step(.connecting, .startedOver, problem)
        case (.connects(let run), _): connects(run)
        case (.ended, .connecting), (.ended, .starting), (.ended, .waiting): nil
        case (.ended, _): Step(.connecting, .ended, "the connection has served its purpose")
        case (.reached(let server), .connecting):
            Step(.probing, .reached, "\(server) answers, and the bind succeeded")
        case (.identified(let feed, let isFull), .probing), (.identified(let feed, let isFull), .connecting):
            Step(
                .refreshing(isFull: isFull),
                .identified,
                "\(feed.server) is followed by \(feed.strategy): \(feed.reason)"
            )
        case (.caughtUp(let isLive, let held), .refreshing):
            Step(.following(SyncStage.Following(isLive: isLive, held: held)), .caughtUp, "the mirror has caught up")
        case (.heard, .silent(let following)): Step(.following(following), .heard, "the server answers again")
        case (.heard, .starting), (.heard, .waiting): nil
        case (.heard, _): Step(stage, .heard, "")
        case (.held(let count), .following(let following)): held(count, following)
        case (.held(let count), .silent(let following)):
            Step(.silent(SyncStage.Following(isLive: following.isLive, held: count)), .held, "")
        default: nil
        }
    }

    private func connects(_ run: SyncRun?) -> Step? {
        if case .connecting = stage { return nil }
        let cause: SyncTransition.Cause = run != nil ? .requested : stage == .starting ? .started : .retried
        let text =
            switch run {
            case let run? where run.isVerification: "everything is compared with the directory"
            case let run? where run.dryRun: "a dry run was asked for"
            case let run? where run.full: "a full sync was asked for"
            case .some: "a sync was asked for"
            case nil: stage == .starting ? "the daemon has started" : "the next attempt"
            }
        return Step(.connecting, cause, text)
    }

    private func held(_ count: Int, _ following: SyncStage.Following) -> Step {
        var now = following
        now.held = count
        let isMore = count > following.held
        let text =
            isMore
            ? "\(count) removals are held; see `latchkeyctl quarantine list`"
            : count == 0 ? HoldNotice.end : "\(count) removals are still held"
        return Step(.following(now), isMore ? .held : .decided, text)
    }
}
