/// A kind whose value is a phone number.
package protocol PhoneMethod: MethodType {
    /// Whether its numbers may have an extension.
    static var hasExtension: Bool { get }
}

extension PhoneMethod {
    package static var hasExtension: Bool { false }
    package static var members: Set<String> { hasExtension ? ["number", "extension"] : ["number"] }

    package static func exchange(via: Via?) -> Exchange { via == .text ? .textedCode : .call }

    /// `+12025550142` → `•••42`: the last two digits, whatever the kind and the extension.
    package static func hint(_ value: String) -> String {
        "\(Hint.mask)\(PhoneNumber(stored: value).number.suffix(2))"
    }

    package static func enrol(
        _ request: MethodRequest,
        with tools: EnrolmentTools
    ) async throws(ServiceError) -> Enrolment {
        let number = try request.required(\.number, "number")
        return Enrolment(value: try PhoneNumber(typed: number, extension: request.numberExtension).stored)
    }
}

/// A phone in the pocket: text or call.
package enum MobilePhone: PhoneMethod {
    package static let kind = MethodKind.mobilePhone
    package static let via: [Via] = [.text, .call]
}

/// Another phone: call only.
package enum AlternatePhone: PhoneMethod {
    package static let kind = MethodKind.alternatePhone
    package static let via: [Via] = [.call]
}

/// The phone on the desk: called, with an extension. Never set by the person: whoever stole a password must not
/// name the phone that proves it.
package enum OfficePhone: PhoneMethod {
    package static let kind = MethodKind.officePhone
    package static let via: [Via] = [.call]
    package static let isAddedByPerson = false
    package static let hasExtension = true
}
