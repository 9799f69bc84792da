/// Answers that only the person knows, as one method: the answers are set all at once and nobody reads them back.
/// Never strong, never the only gate (NIST SP 800-63B-4 and ASVS 6.4.2 ask to do without them).
package enum SecurityQuestions: MethodType {
    package static let kind = MethodKind.securityQuestions
    package static let isStrong = false
    package static let members: Set<String> = []

    package static func exchange(via: Via?) -> Exchange { .storedSecret }
    package static func hint(_ value: String) -> String { "" }

    /// They have a request of their own: `PUT /registration/security-questions`.
    package static func enrol(
        _ request: MethodRequest,
        with tools: EnrolmentTools
    ) async throws(ServiceError) -> Enrolment {
        throw ServiceError(
            .invalidValue,
            "Security questions are set together, by PUT /v1/registration/security-questions.",
            field: "kind"
        )
    }
}
