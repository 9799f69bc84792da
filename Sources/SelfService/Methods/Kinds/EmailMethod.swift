/// A mailbox. NIST SP 800-63B: mail proves a mailbox, not a device. It serves recovery and never counts as strong.
package enum EmailMethod: MethodType {
    package static let kind = MethodKind.email
    package static let isStrong = false
    package static let members: Set<String> = ["address"]

    package static func exchange(via: Via?) -> Exchange { .mailedCode }

    /// `alice@example.org` → `a•••@•••`: neither the length nor the domain is told.
    package static func hint(_ value: String) -> String { "\(value.prefix(1))\(Hint.mask)@\(Hint.mask)" }

    package static func enrol(
        _ request: MethodRequest,
        with tools: EnrolmentTools
    ) async throws(ServiceError) -> Enrolment {
        Enrolment(value: try EmailAddress.normalized(try request.required(\.address, "address")))
    }
}
