/// When a server is avoided, and when it is gone back to.
package struct FailoverRules: Sendable, Hashable {
    /// A preferred server must have answered probes for so long before it is used again.
    package var returnAfter: Duration
    /// Between two probes of the servers that are preferred to the one in use.
    package var probeEvery: Duration
    /// How long a server is avoided after its first failure. Each further one doubles it.
    package var avoidAtFirst: Duration
    package var avoidAtMost: Duration
    /// For connecting and binding, while another server could be tried instead.
    package var attempt: Duration

    /// How long nobody binds after a server refused the credentials. Each further refusal doubles it.
    package var refusalPause: Duration

    package static let returnAfterDefault = Duration.seconds(60)
    package static let probeEveryDefault = Duration.seconds(10)

    package init(
        returnAfter: Duration = returnAfterDefault,
        probeEvery: Duration = probeEveryDefault,
        avoidAtFirst: Duration = .seconds(2),
        avoidAtMost: Duration = .seconds(300),
        attempt: Duration = .seconds(3),
        refusalPause: Duration = .seconds(15)
    ) {
        self.returnAfter = returnAfter
        self.probeEvery = probeEvery
        self.avoidAtFirst = avoidAtFirst
        self.avoidAtMost = avoidAtMost
        self.attempt = attempt
        self.refusalPause = refusalPause
    }

    func avoidance(afterFailures count: Int) -> Duration {
        // 2^20 times anything is over the limit: no need to shift further.
        min(avoidAtFirst * (1 << min(max(count - 1, 0), 20)), avoidAtMost)
    }
}
