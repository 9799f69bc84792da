/// A control that goes with a request (RFC 4511, 4.1.11).
struct RequestControl: Sendable {
    let oid: String
    let isCritical: Bool
    /// `nil` where the control has no value.
    let value: [UInt8]?

    /// Asks for the password policy's own words; servers without it ignore it.
    static let passwordPolicy = RequestControl(oid: PasswordPolicyResponse.oid, isCritical: false, value: nil)
}
