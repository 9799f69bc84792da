/// The problems of one status, as an answer.
struct ProblemResponse {
    var types: [ProblemType]

    var json: JSONValue {
        var headers: [String: JSONValue] = ["Cache-Control": Header.cacheControl.reference]
        for type in types {
            if [429, 503].contains(type.status) { headers["Retry-After"] = Header.retryAfter.reference }
            if type.status == 401 { headers["WWW-Authenticate"] = Header.authenticate.reference }
        }
        return [
            "description": .text(types.map { "`\($0.rawValue)`: \($0.meaning)" }.joined(separator: " ")),
            "headers": .object(headers),
            "content": .object([Problem.contentType: ["schema": schema, "examples": .object(examples)]]),
        ]
    }

    private var schema: JSONValue {
        let uris = types.map { JSONValue.text($0.uri) }
        return [
            "allOf": [
                Schema.ref(.problem).json,
                ["properties": ["type": ["enum": .list(uris)]]],
            ]
        ]
    }

    private var examples: [String: JSONValue] {
        var examples: [String: JSONValue] = [:]
        for type in types { examples[type.rawValue] = ["value": type.example] }
        return examples
    }
}

extension ProblemType {
    fileprivate var example: JSONValue {
        [
            "type": .text(uri), "title": .text(title), "status": .number(Int64(status)), "detail": .text(meaning),
        ]
    }

    /// When it is answered.
    fileprivate var meaning: String {
        switch self {
        case .malformedRequest: "The request is not what this document describes; `field` names what is wrong."
        case .signInRefused: "Unknown, wrong, locked and disabled are one answer."
        case .invalidToken: "No token, a dead one, or one of another front end or purpose."
        case .notPermitted: "The peer, its capabilities or the policy do not allow it."
        case .freshProofRequired: "A method that was verified earlier must be proven first."
        case .passwordMustChange: "The password is right, and must be changed first."
        case .notFound: "There is no such thing, or none in reach."
        case .methodNotAllowed: "The path takes other methods; `Allow` lists them."
        case .requestTimeout: "The request did not arrive in time."
        case .challengeClosed: "The challenge is spent, failed or expired."
        case .wrongState: "The session, the method or the registration is in another state."
        case .gatesOpen: "Proofs are still missing."
        case .conflict: "It is there already, is being done, or a limit on how many is reached."
        case .quarantineChanged: "The batch holds another number of removals than was confirmed."
        case .ambiguousName: "Several groups bear this name; `id` says which."
        case .bodyTooLarge: "The body is larger than this socket takes."
        case .unsupportedMediaType: "The body must be `application/json`."
        case .unknownExpectation: "`Expect` may only be 100-continue."
        case .invalidValue: "A value is not acceptable; `field` names it."
        case .wrongCode: "The code or the answers are wrong; it was counted."
        case .passwordRefused: "The directory or the rules refuse this password; the session stays usable."
        case .writeRefused: "The directory refuses the change; `reason` says why."
        case .tooManyAttempts: "A limit is reached."
        case .headersTooLarge: "The header fields are too large or too many."
        case .internalError: "An error of the daemon's own; its log says more."
        case .directoryUnavailable: "The directory does not answer, or did not confirm a write."
        case .vaultUnavailable: "The vault cannot be reached."
        case .mirrorUnavailable: "The mirror cannot be read."
        case .notReady: "There is no complete copy of the directory yet."
        case .syncBusy: "A sync is committing at this moment."
        }
    }
}
