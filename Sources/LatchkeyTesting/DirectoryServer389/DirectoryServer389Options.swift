/// How a private 389 Directory Server is to be.
package struct DirectoryServer389Options: Sendable {
    /// The plugin Content Synchronization.
    package var hasContentSync = true
    /// Whether the retro changelog stores `nsuniqueid:targetUniqueId`.
    package var namesUniqueIDs = true
    /// The most entries that one search of the service account returns; `nil` for no limit.
    package var sizeLimit: Int?
    /// More attributes of `cn=config`.
    package var configuration: [String: String] = [:]

    package init() {}

    /// The options, changed.
    package static func with(_ change: (inout DirectoryServer389Options) -> Void) -> DirectoryServer389Options {
        var options = DirectoryServer389Options()
        change(&options)
        return options
    }
}
