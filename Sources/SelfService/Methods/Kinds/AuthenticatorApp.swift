import Foundation

/// An app that shows codes (RFC 6238), by QR code or by a seed that is typed.
package enum AuthenticatorApp: MethodType {
    package static let kind = MethodKind.authenticator
    package static let members: Set<String> = []

    package static func exchange(via: Via?) -> Exchange { .appCode }
    package static func hint(_ value: String) -> String { "" }

    package static func enrol(
        _ request: MethodRequest,
        with tools: EnrolmentTools
    ) async throws(ServiceError) -> Enrolment {
        var generator = SystemRandomNumberGenerator()
        let seed = Data((0..<TOTP.seedByteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        let text = Base32.text(seed)
        return Enrolment(
            secret: .authenticator(AuthenticatorSecret(seed: seed)),
            shown: ShownOnce(
                otpauthURI: OTPAuthURI.make(issuer: tools.issuer, account: tools.login, secret: text),
                secret: text
            )
        )
    }
}
