import Synchronizer

/// How long nothing has come of a refresh.
///
/// When a size limit or a time limit ends the refresh of a search that is to persist, 389 Directory Server says
/// nothing at all: the search goes on, and its refresh never ends.
struct RefreshSilence {
    var refreshing: Set<SyncScope> = []
    /// Probes that were answered since the last message.
    private var probes = 0

    mutating func isBroken() { probes = 0 }

    /// To be called after each probe. The scopes that are to be asked about, after 2, 4, 8, … probes of silence.
    mutating func doubtful() -> Set<SyncScope> {
        guard !refreshing.isEmpty else { return [] }
        probes += 1
        return probes >= 2 && probes & (probes - 1) == 0 ? refreshing : []
    }
}
