/// `sync.follow`: how a server may be followed.
package enum FollowPreference: String, Sendable, CaseIterable {
    /// The best that the server offers.
    case auto
    /// Only as the server pushes changes. One that cannot is not followed.
    case persist
    /// Only by asking at intervals.
    case poll
}
