/// A result code of the protocol (RFC 4511, appendix A) or of the client (negative).
package struct ResultCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    // MARK: Of the protocol

    package static let success = ResultCode(rawValue: 0)
    package static let operationsError = ResultCode(rawValue: 1)
    package static let protocolError = ResultCode(rawValue: 2)
    package static let timeLimitExceeded = ResultCode(rawValue: 3)
    package static let sizeLimitExceeded = ResultCode(rawValue: 4)
    package static let authMethodNotSupported = ResultCode(rawValue: 7)
    package static let strongerAuthRequired = ResultCode(rawValue: 8)
    package static let referral = ResultCode(rawValue: 10)
    package static let adminLimitExceeded = ResultCode(rawValue: 11)
    package static let unavailableCriticalExtension = ResultCode(rawValue: 12)
    package static let confidentialityRequired = ResultCode(rawValue: 13)
    package static let noSuchAttribute = ResultCode(rawValue: 16)
    package static let constraintViolation = ResultCode(rawValue: 19)
    package static let invalidSyntax = ResultCode(rawValue: 21)
    package static let noSuchObject = ResultCode(rawValue: 32)
    package static let invalidDNSyntax = ResultCode(rawValue: 34)
    package static let inappropriateAuthentication = ResultCode(rawValue: 48)
    package static let invalidCredentials = ResultCode(rawValue: 49)
    package static let insufficientAccess = ResultCode(rawValue: 50)
    package static let busy = ResultCode(rawValue: 51)
    package static let unavailable = ResultCode(rawValue: 52)
    package static let unwillingToPerform = ResultCode(rawValue: 53)
    package static let other = ResultCode(rawValue: 80)
    /// RFC 4533, 4.1: the cookie is not good any more; refresh without it.
    package static let syncRefreshRequired = ResultCode(rawValue: 4096)

    // MARK: Of the client

    /// The connection is gone.
    package static let serverDown = ResultCode(rawValue: -1)
    package static let localError = ResultCode(rawValue: -2)
    /// What arrived is not LDAP.
    package static let decodingError = ResultCode(rawValue: -4)
    /// The deadline passed. Whether the server acted is unknown.
    package static let timeout = ResultCode(rawValue: -5)
    /// Our own SASL library does not have the mechanism.
    package static let mechanismUnknown = ResultCode(rawValue: -6)
    /// The task was cancelled. Whether the server acted is unknown.
    package static let cancelled = ResultCode(rawValue: -8)
    /// A value of the caller's is not acceptable; nothing was sent.
    package static let invalidArgument = ResultCode(rawValue: -9)
    /// The server could not be reached.
    package static let connectError = ResultCode(rawValue: -11)
    /// The certificate or the handshake is not acceptable; nothing but the handshake was sent.
    package static let tlsFailure = ResultCode(rawValue: -1001)
    /// A clear-text connection to another host was asked for; nothing was sent.
    package static let clearTextRefused = ResultCode(rawValue: -1002)
    /// A bind with an empty password was asked for; nothing was sent (RFC 4513, 5.1.2).
    package static let emptyPassword = ResultCode(rawValue: -1003)
    /// More entries or bytes arrived than the caller allows.
    package static let limitExceeded = ResultCode(rawValue: -1004)
    /// The connection was closed on purpose: a server that is preferred is back.
    package static let superseded = ResultCode(rawValue: -1005)
}

extension ResultCode: CustomStringConvertible {
    /// The name as in RFC 4511, with the number.
    package var description: String {
        guard let name = Self.names[rawValue] else { return "result \(rawValue)" }
        return rawValue < 0 ? name : "\(name) (\(rawValue))"
    }

    private static let names: [Int32: String] = [
        0: "success", 1: "operationsError", 2: "protocolError", 3: "timeLimitExceeded", 4: "sizeLimitExceeded",
        7: "authMethodNotSupported", 8: "strongerAuthRequired", 10: "referral", 11: "adminLimitExceeded",
        12: "unavailableCriticalExtension", 13: "confidentialityRequired", 16: "noSuchAttribute",
        17: "undefinedAttributeType", 18: "inappropriateMatching", 19: "constraintViolation",
        20: "attributeOrValueExists", 21: "invalidAttributeSyntax", 32: "noSuchObject", 34: "invalidDNSyntax",
        48: "inappropriateAuthentication", 49: "invalidCredentials", 50: "insufficientAccessRights", 51: "busy",
        52: "unavailable", 53: "unwillingToPerform", 54: "loopDetect", 64: "namingViolation",
        65: "objectClassViolation", 66: "notAllowedOnNonLeaf", 68: "entryAlreadyExists", 71: "affectsMultipleDSAs",
        80: "other", 4096: "syncRefreshRequired",
        -1: "the connection broke", -2: "the LDAP library failed", -4: "the answer is not valid LDAP",
        -5: "no answer before the deadline", -6: "the mechanism is not installed here", -8: "cancelled",
        -9: "invalid argument", -11: "cannot connect",
        -1001: "TLS failed", -1002: "clear text refused", -1003: "empty password",
        -1004: "limit exceeded", -1005: "the connection was left for another server",
    ]
}
