package import Foundation

/// A pass that the helpdesk issues: for a short time and once, it stands in the place of what somebody lost.
package enum AccessPass: MethodType {
    package static let kind = MethodKind.accessPass
    package static let isStrong = false
    package static let isAddedByPerson = false
    package static let members: Set<String> = []
    static let byteCount = 10
    /// Seconds that a pass lives unless said otherwise, and at most.
    package static let lifetime: TimeInterval = 3600
    package static let lifetimeLimit: TimeInterval = 30 * 86400

    package static func exchange(via: Via?) -> Exchange { .storedSecret }
    package static func hint(_ value: String) -> String { "" }

    package static func enrol(
        _ request: MethodRequest,
        with tools: EnrolmentTools
    ) async throws(ServiceError) -> Enrolment {
        let code = TypedSecret.random(byteCount: byteCount)
        return Enrolment(
            secret: .pass(AccessPassSecret(verifier: try await tools.hash(code))),
            shown: ShownOnce(codes: [TypedSecret.grouped(code)]),
            isProven: true
        )
    }
}

package struct AccessPassSecret: Sendable, Equatable, Codable {
    package var verifier: SecretVerifier
    package var expiresAt: Date?
    /// As in ``Session/passwordStamp``: a pass ends with the password that was there when it was issued.
    package var passwordStamp: String?

    package init(verifier: SecretVerifier, expiresAt: Date? = nil) {
        self.verifier = verifier
        self.expiresAt = expiresAt
    }

    package func isLive(at now: Date) -> Bool { expiresAt.map { $0 > now } ?? false }
}
