/// Every problem that the sockets answer with: a closed set. The raw value is the last part of its `type`.
package enum ProblemType: String, Sendable, CaseIterable {
    case malformedRequest = "malformed-request"
    case signInRefused = "sign-in-refused"
    case invalidToken = "invalid-token"
    case notPermitted = "not-permitted"
    case freshProofRequired = "fresh-proof-required"
    case passwordMustChange = "password-must-change"
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case requestTimeout = "request-timeout"
    case challengeClosed = "challenge-closed"
    case wrongState = "wrong-state"
    case gatesOpen = "gates-open"
    case conflict
    case quarantineChanged = "quarantine-changed"
    case ambiguousName = "ambiguous-name"
    case bodyTooLarge = "body-too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case unknownExpectation = "unknown-expectation"
    case invalidValue = "invalid-value"
    case wrongCode = "wrong-code"
    case passwordRefused = "password-refused"
    case writeRefused = "write-refused"
    case tooManyAttempts = "too-many-attempts"
    case headersTooLarge = "headers-too-large"
    case internalError = "internal-error"
    case directoryUnavailable = "directory-unavailable"
    case vaultUnavailable = "vault-unavailable"
    case mirrorUnavailable = "mirror-unavailable"
    case notReady = "not-ready"
    case syncBusy = "sync-busy"

    package var uri: String { Problem.base + rawValue }

    package var status: Int {
        switch self {
        case .malformedRequest: 400
        case .signInRefused, .invalidToken: 401
        case .notPermitted, .freshProofRequired, .passwordMustChange: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .requestTimeout: 408
        case .challengeClosed, .wrongState, .gatesOpen, .conflict, .quarantineChanged, .ambiguousName: 409
        case .bodyTooLarge: 413
        case .unsupportedMediaType: 415
        case .unknownExpectation: 417
        case .invalidValue, .wrongCode, .passwordRefused, .writeRefused: 422
        case .tooManyAttempts: 429
        case .headersTooLarge: 431
        case .internalError: 500
        case .directoryUnavailable, .vaultUnavailable, .mirrorUnavailable, .notReady, .syncBusy: 503
        }
    }

    package var title: String {
        switch self {
        case .malformedRequest: "Malformed request"
        case .signInRefused: "Sign-in refused"
        case .invalidToken: "No valid token"
        case .notPermitted: "Not permitted"
        case .freshProofRequired: "Fresh proof required"
        case .passwordMustChange: "Password must be changed"
        case .notFound: "Not found"
        case .methodNotAllowed: "Method not allowed"
        case .requestTimeout: "Request timeout"
        case .challengeClosed: "Challenge closed"
        case .wrongState: "Wrong state"
        case .gatesOpen: "Gates open"
        case .conflict: "Conflict"
        case .quarantineChanged: "Quarantine changed"
        case .ambiguousName: "Ambiguous name"
        case .bodyTooLarge: "Body too large"
        case .unsupportedMediaType: "Unsupported media type"
        case .unknownExpectation: "Unknown expectation"
        case .invalidValue: "Invalid value"
        case .wrongCode: "Wrong code"
        case .passwordRefused: "Password refused"
        case .writeRefused: "Write refused"
        case .tooManyAttempts: "Too many attempts"
        case .headersTooLarge: "Headers too large"
        case .internalError: "Internal error"
        case .directoryUnavailable: "Directory not available"
        case .vaultUnavailable: "Vault not available"
        case .mirrorUnavailable, .notReady, .syncBusy: "Not available"
        }
    }
}
