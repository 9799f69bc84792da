import Synchronizer

/// How long nothing has come of a refresh, from a server that answers probes.
///
/// When a size limit or a time limit ends the refresh of a search that is to persist, 389 Directory Server says
/// nothing at all: the search goes on, and its refresh never ends. So it is with a message that was lost.
struct RefreshSilence {
    var refreshing: Set<SyncScope> = []
    var isRefreshing: Bool { !refreshing.isEmpty }
    /// Probes that were answered since the last message.
    private var probes = 0

    /// The refresh is over when so many probes, a second after each other, brought no word of it.
    static let probesMax = 300

    mutating func isBroken() { probes = 0 }

    /// To be called after each probe.
    /// - Throws: ``FeedError`` when the server has been silent for too long.
    mutating func goesOn(server: String) throws(FeedError) {
        guard !refreshing.isEmpty else { return }
        probes += 1
        guard probes >= Self.probesMax else { return }
        throw FeedError(
            .incomplete,
            server: server,
            detail: "the server has not said within \(Self.probesMax) s that everything was read, so the mirror stays "
                + "as it was; see its log, and whether the attributes of the filter are indexed"
        )
    }

    /// The scopes that are to be asked about, after 2, 4, 8, … probes of silence.
    var doubtful: Set<SyncScope> { probes >= 2 && probes & (probes - 1) == 0 ? refreshing : [] }
}
