import Foundation

/// A device that is asked, and signs what its owner decides. A tap alone approves nothing (NIST SP 800-63B-4,
/// 3.1.3): the number on the page is typed on the device.
package enum AppNotification: MethodType {
    package static let kind = MethodKind.appNotification
    package static let members: Set<String> = ["publicKey", "pushToken", "proof"]
    /// Bytes of a push token.
    static let pushTokenLimit = 512
    /// Of the number to match.
    static let numberDigits = 2

    package static func exchange(via: Via?) -> Exchange { .decision }
    package static func hint(_ value: String) -> String { "" }

    package static func enrol(
        _ request: MethodRequest,
        with tools: EnrolmentTools
    ) async throws(ServiceError) -> Enrolment {
        let key = try request.required(\.publicKey, "publicKey")
        let token = try request.required(\.pushToken, "pushToken")
        let proof = try request.required(\.proof, "proof")
        guard
            (1...pushTokenLimit).contains(token.utf8.count),
            token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !token.contains("://")
        else {
            throw ServiceError(
                .invalidValue,
                "A push token has 1 to \(pushTokenLimit) visible ASCII characters and is not a URL.",
                field: "pushToken"
            )
        }
        guard let bytes = Data(base64Encoded: key) else { throw invalidKey }
        let device = DeviceSecret(publicKey: bytes, pushToken: token)
        guard device.isUsable else { throw invalidKey }
        let text = SignedText.device(person: tools.person, publicKey: key, pushToken: token)
        guard let signature = Data(base64Encoded: proof), device.hasSigned(text, signature) else {
            throw ServiceError(
                .invalidValue,
                "The device did not sign this with the key that it names.",
                field: "proof"
            )
        }
        return Enrolment(secret: .device(device))
    }

    private static var invalidKey: ServiceError {
        ServiceError(
            .invalidValue,
            "The key must be the base64 of a P-256 SubjectPublicKeyInfo (RFC 5480).",
            field: "publicKey"
        )
    }
}
