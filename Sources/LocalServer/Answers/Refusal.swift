import HTTPTypes
import LocalAPI

/// A problem on its way to the caller, with the header fields that go with it.
struct Refusal: Error, Sendable {
    var problem: Problem
    var headers: HTTPFields = [:]

    init(_ status: Int, _ code: String, _ title: String, _ detail: String, field: String? = nil) {
        problem = Problem(code: code, title: title, status: status, detail: detail, field: field)
    }

    func with(_ value: String, for name: HTTPField.Name) -> Refusal {
        var copy = self
        copy.headers[name] = value
        return copy
    }
}

extension Refusal {
    static let notHTTP = Refusal(
        400,
        "malformed-request",
        "Malformed request",
        "This is not an HTTP/1.1 request that can be understood."
    )
    static let headersTooLarge = Refusal(
        431,
        "headers-too-large",
        "Headers too large",
        "The header fields of the request are too large."
    )
    static let tooSlow = Refusal(
        408,
        "request-timeout",
        "Request timeout",
        "The request did not arrive in time. Send it again, in one go."
    )
    static let unknownExpectation = Refusal(
        417,
        "unknown-expectation",
        "Unknown expectation",
        "The only expectation that can be met is 100-continue."
    )
    static let notJSON = Refusal(
        415,
        "unsupported-media-type",
        "Unsupported media type",
        "The body must be JSON: send “Content-Type: application/json”.",
        field: "Content-Type"
    )
    static let unknownPath = Refusal(404, "not-found", "Not found", "There is nothing at this path.")
    static let internalFailure = Refusal(
        500,
        "internal-error",
        "Internal error",
        "The daemon could not do this because of an error of its own. Its log says more."
    )

    static func bodyTooLarge(_ limit: Int) -> Refusal {
        Refusal(413, "body-too-large", "Body too large", "The body of a request may have \(limit) bytes.")
    }

    static func wrongMethod(allowed: [String]) -> Refusal {
        let list = allowed.joined(separator: ", ")
        return Refusal(405, "method-not-allowed", "Method not allowed", "This path takes: \(list).")
            .with(list, for: .allow)
    }

    static func noToken(_ detail: String) -> Refusal {
        Refusal(401, "invalid-token", "No valid token", detail).with("Bearer", for: .wwwAuthenticate)
    }

    static func notPermitted(_ detail: String, capability: String? = nil) -> Refusal {
        var refusal = Refusal(403, "not-permitted", "Not permitted", detail)
        refusal.problem.capability = capability
        return refusal
    }

    static func notFound(_ detail: String) -> Refusal {
        Refusal(404, "not-found", "Not found", detail)
    }

    /// For a dependency that may be back soon.
    static func unavailable(_ code: String, _ detail: String) -> Refusal {
        var refusal = Refusal(503, code, "Not available", detail).with(String(retrySoon), for: .retryAfter)
        refusal.problem.retryAfter = retrySoon
        return refusal
    }

    /// Seconds after which something that is down may be back.
    static let retrySoon = 5
}
