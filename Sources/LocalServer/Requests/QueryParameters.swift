import Foundation
import HummingbirdCore
import LocalAPI

/// The query of a request, read strictly: an unknown, repeated or badly encoded parameter is named.
struct QueryParameters {
    private var values: [String: String] = [:]

    /// Which are known, the route has said.
    init(_ uri: URI) throws(MalformedRequest) { try self.init(uri, known: nil) }

    static func check(_ uri: URI, known: Set<String>) throws(MalformedRequest) { _ = try Self(uri, known: known) }

    private init(_ uri: URI, known: Set<String>?) throws(MalformedRequest) {
        guard let query = uri.query, !query.isEmpty else { return }
        for part in query.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(pair[0]), known?.contains(name) ?? true else {
                throw MalformedRequest(
                    "A query parameter is not known here. Known are: \((known ?? []).sorted().joined(separator: ", "))."
                )
            }
            guard let value = PercentEncoding.decode(pair.count > 1 ? pair[1] : "") else {
                throw MalformedRequest("The query parameter “\(name)” is not percent-encoded UTF-8.", field: name)
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw MalformedRequest("The query parameter “\(name)” is there twice.", field: name)
            }
        }
    }

    subscript(name: String) -> String? { values[name] }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(MalformedRequest) -> Int? {
        guard let text = values[name] else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw MalformedRequest(
                "“\(name)” must be a whole number from \(range.lowerBound) to \(range.upperBound).",
                field: name
            )
        }
        return value
    }

    /// A duration like `30s` or `500ms`, cut to `limit`.
    func duration(_ name: String, limit: Duration) throws(MalformedRequest) -> Duration? {
        guard let text = values[name] else { return nil }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard digits.count <= APILimits.durationDigits, let number = Int32(digits) else {
            throw Self.notADuration(name)
        }
        switch text.dropFirst(digits.count) {
        case "ms": return min(.milliseconds(number), limit)
        case "s": return min(.seconds(number), limit)
        case "m": return min(.seconds(60 * Int(number)), limit)
        default: throw Self.notADuration(name)
        }
    }

    /// An RFC 3339 time in UTC.
    func time(_ name: String) throws(MalformedRequest) -> Date? {
        guard let text = values[name] else { return nil }
        guard let time = APIJSON.time(text) else {
            throw MalformedRequest("“\(name)” must be a time like 2026-01-02T03:04:05.678Z.", field: name)
        }
        return time
    }

    private static func notADuration(_ name: String) -> MalformedRequest {
        MalformedRequest("“\(name)” must be a duration like 30s or 500ms.", field: name)
    }
}
