/// How far a scope was asked: the id attribute, and the latest `modifyTimestamp` that the server showed.
struct PollingCookie: Equatable {
    var idAttribute: String
    /// As the server writes it; empty before the first.
    var mark: String

    init(idAttribute: String, mark: String) {
        self.idAttribute = idAttribute
        self.mark = mark
    }

    /// Nil for what is none.
    init?(_ bytes: [UInt8]) {
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].isEmpty || GeneralizedTime.date(String(parts[1])) != nil else { return nil }
        self.init(idAttribute: String(parts[0]), mark: String(parts[1]))
    }

    var bytes: [UInt8] { Array("\(idAttribute) \(mark)".utf8) }
}
