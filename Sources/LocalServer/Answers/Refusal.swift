import HTTPTypes
import LocalAPI

/// A problem on its way to the caller, with the header fields that go with it.
struct Refusal: Error, Sendable {
    var problem: Problem
    var headers: HTTPFields = [:]

    init(_ type: ProblemType, _ detail: String, field: String? = nil) {
        problem = Problem(type, detail: detail, field: field)
    }

    func with(_ value: String, for name: HTTPField.Name) -> Refusal {
        var copy = self
        copy.headers[name] = value
        return copy
    }
}

extension Refusal {
    static let notHTTP = Refusal(
        .malformedRequest,
        "This is not an HTTP/1.1 request that can be understood."
    )
    static let headersTooLarge = Refusal(
        .headersTooLarge,
        "The header fields of the request are too large."
    )
    static let tooSlow = Refusal(
        .requestTimeout,
        "The request did not arrive in time. Send it again, in one go."
    )
    static let unknownExpectation = Refusal(
        .unknownExpectation,
        "The only expectation that can be met is 100-continue."
    )
    static let notJSON = Refusal(
        .unsupportedMediaType,
        "The body must be JSON: send “Content-Type: application/json”.",
        field: "Content-Type"
    )
    static let unknownPath = Refusal(.notFound, "There is nothing at this path.")
    static let internalFailure = Refusal(
        .internalError,
        "The daemon could not do this because of an error of its own. Its log says more."
    )

    static func bodyTooLarge(_ limit: Int) -> Refusal {
        Refusal(.bodyTooLarge, "The body of a request may have \(limit) bytes.")
    }

    static func wrongMethod(allowed: [String]) -> Refusal {
        let list = allowed.joined(separator: ", ")
        return Refusal(.methodNotAllowed, "This path takes: \(list).")
            .with(list, for: .allow)
    }

    static func noToken(_ detail: String) -> Refusal {
        Refusal(.invalidToken, detail).with("Bearer", for: .wwwAuthenticate)
    }

    static func notPermitted(_ detail: String, capability: String? = nil) -> Refusal {
        var refusal = Refusal(.notPermitted, detail)
        refusal.problem.capability = capability
        return refusal
    }

    static func notFound(_ detail: String) -> Refusal {
        Refusal(.notFound, detail)
    }

    /// For a dependency that may be back soon.
    static func unavailable(_ type: ProblemType, _ detail: String) -> Refusal {
        var refusal = Refusal(type, detail).with(String(retrySoon), for: .retryAfter)
        refusal.problem.retryAfter = retrySoon
        return refusal
    }

    /// Seconds after which something that is down may be back.
    static let retrySoon = 5
}
