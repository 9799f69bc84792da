import Foundation

/// The syncs that were asked for: those that wait, the one under way, the last that ended.
struct RunBook: Sendable {
    /// Ended runs that are kept for whoever asks how they ended.
    static let keptLimit = 16
    /// Waiting runs are of four kinds and joined by kind, so there are never more.
    private var runs: [SyncRun] = []

    subscript(id: String) -> SyncRun? { runs.first { $0.id == id } }

    /// The run that waits longest.
    var waiting: SyncRun? { runs.first { $0.phase == .waiting } }

    /// The run that is under way.
    var active: SyncRun? { runs.first { $0.phase != .waiting && !$0.isEnded } }

    var unended: [SyncRun] { runs.filter { !$0.isEnded } }

    /// A run of that kind that has not begun to read, or a new one.
    mutating func request(full: Bool, dryRun: Bool, isVerification: Bool = false) -> SyncRun {
        let open = runs.first {
            $0.full == full && $0.dryRun == dryRun && $0.isVerification == isVerification
                && [.waiting, .connecting].contains($0.phase)
        }
        if let open { return open }
        let run = SyncRun(
            id: UUID().uuidString.lowercased(),
            full: full,
            dryRun: dryRun,
            isVerification: isVerification
        )
        runs.append(run)
        return run
    }

    mutating func update(_ id: String?, _ change: (inout SyncRun) -> Void) {
        guard let index = runs.firstIndex(where: { $0.id == id }), !runs[index].isEnded else { return }
        change(&runs[index])
        runs[index].revision += 1
        forget()
    }

    private mutating func forget() {
        let ended = runs.filter(\.isEnded)
        guard ended.count > Self.keptLimit, let oldest = ended.first else { return }
        runs.removeAll { $0.id == oldest.id }
    }
}
