/// A bind that takes several messages (RFC 4513, 5.2). One mechanism: nothing weaker is ever tried in its place.
struct SASLExchange: Sendable {
    let mechanism: String
    var user: String?
    var password: [UInt8]?
}
