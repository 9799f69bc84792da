package import Foundation

/// One event of a feed (HTML Living Standard, 9.2).
package struct ServerEvent: Sendable, Equatable {
    /// The last `id` of the feed so far.
    package var id: String?
    package var type: String
    package var data: Data

    package init(id: String?, type: String, data: Data) {
        self.id = id
        self.type = type
        self.data = data
    }
}
