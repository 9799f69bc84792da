/// Codes to be kept on paper, each good for once. They are shown when they are made and never again.
package enum RecoveryCodes: MethodType {
    package static let kind = MethodKind.recoveryCodes
    package static let members: Set<String> = []
    package static let count = 10
    /// NIST SP 800-63B-4, 4.2.1.1: at least 64 bits each.
    static let byteCount = 10

    package static func exchange(via: Via?) -> Exchange { .storedSecret }
    package static func hint(_ value: String) -> String { "" }

    package static func enrol(
        _ request: MethodRequest,
        with tools: EnrolmentTools
    ) async throws(ServiceError) -> Enrolment {
        var secrets = RecoveryCodeSecrets()
        var codes: [String] = []
        for number in 1...count {
            let code = TypedSecret.random(byteCount: byteCount)
            secrets.codes.append(.init(number: number, verifier: try await tools.hash(code)))
            codes.append("\(number)-\(TypedSecret.grouped(code))")
        }
        return Enrolment(secret: .codes(secrets), shown: ShownOnce(codes: codes), isProven: true)
    }
}

/// The codes that are left. A spent one is gone.
package struct RecoveryCodeSecrets: Sendable, Equatable, Codable {
    package struct Code: Sendable, Equatable, Codable {
        /// Stands before the code, so that one hash finds it.
        package var number: Int
        package var verifier: SecretVerifier

        package init(number: Int, verifier: SecretVerifier) {
            self.number = number
            self.verifier = verifier
        }
    }

    package var codes: [Code] = []

    package init() {}

    /// The number before a typed code, and the code.
    package static func parts(of typed: String) -> (number: Int, code: String)? {
        let parts = typed.withoutOuterBlanks.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let number = Int(parts[0]), parts[0].utf8.count <= 2 else { return nil }
        return (number, TypedSecret.canonical(String(parts[1])))
    }
}
