import HummingbirdCore
import LocalAPI

/// `?limit=1…1000 (100) &cursor=…` of every listing.
struct ListQuery {
    static let limits = 1...1000
    static let defaultLimit = 100
    /// Bytes.
    static let cursorLimit = 1024

    let parameters: QueryParameters
    let limit: Int
    let cursor: String?

    init(_ uri: URI, also known: Set<String> = []) throws(MalformedRequest) {
        parameters = try QueryParameters(uri, known: known.union(["limit", "cursor"]))
        limit = try parameters.integer("limit", in: Self.limits) ?? Self.defaultLimit
        cursor = parameters["cursor"]
        if let cursor, cursor.isEmpty || cursor.utf8.count > Self.cursorLimit {
            throw MalformedRequest("“cursor” is not one that a listing gave.", field: "cursor")
        }
    }
}
