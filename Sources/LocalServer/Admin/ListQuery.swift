import HummingbirdCore
import LocalAPI
import SelfService

/// `?limit=1…1000 (100) &cursor=…` of every listing.
struct ListQuery {
    static let limits = APILimits.page
    static let defaultLimit = APILimits.pageDefault
    /// Its parameters.
    static let names: Set<String> = ["limit", "cursor"]

    let parameters: QueryParameters
    let limit: Int
    let cursor: String?

    init(_ uri: URI) throws(MalformedRequest) {
        parameters = try QueryParameters(uri)
        limit = try parameters.integer("limit", in: Self.limits) ?? Self.defaultLimit
        cursor = parameters["cursor"]
        if let cursor { try Self.check(cursor) }
    }

    /// Whether it could be one. Which it is, the listing knows.
    static func check(_ cursor: String) throws(MalformedRequest) {
        guard (1...APILimits.cursor).contains(cursor.unicodeScalars.count) else {
            throw MalformedRequest("“cursor” must have 1 to \(APILimits.cursor) characters.", field: "cursor")
        }
    }
}

extension ServiceError {
    static let unknownCursor = ServiceError(
        .invalidValue,
        "“cursor” is not one that a listing gave.",
        field: "cursor"
    )
}
