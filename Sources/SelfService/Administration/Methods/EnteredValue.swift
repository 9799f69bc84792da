/// What an administrator may enter for somebody: values, never secrets.
enum EnteredValue {
    static let kinds: [MethodKind] = [.email, .mobilePhone, .alternatePhone, .officePhone]

    /// - Throws: ``ServiceError`` that names the member, and quotes no value.
    static func draft(
        _ request: MethodRequest,
        source: RegisteredMethod.Source,
        under policy: Policy,
        _ budgets: DeliveryBudgets
    ) throws(ServiceError) -> MethodDraft {
        let kind = request.kind
        let value = try value(request)
        try budgets.check(value, of: kind)
        guard policy.allows(kind) else {
            throw ServiceError(
                .invalidValue,
                "The policy \(policy.name), which holds for this person, does not offer \(kind.rawValue).",
                field: "kind"
            )
        }
        return MethodDraft(
            kind,
            value: value,
            label: try RegistrationService.checked(request.label) ?? "",
            state: kind == .officePhone ? .verified : .candidate,
            source: source
        )
    }

    /// The value in the form in which it is stored, whoever it is for.
    static func value(_ request: MethodRequest) throws(ServiceError) -> String {
        guard kinds.contains(request.kind) else {
            let names = kinds.map(\.rawValue).joined(separator: ", ")
            throw ServiceError(.invalidValue, "Only these can be entered for somebody: \(names).", field: "kind")
        }
        let hasExtension = request.numberExtension?.contains { !$0.isWhitespace } ?? false
        guard !hasExtension || request.kind == .officePhone else {
            throw ServiceError(.invalidValue, "Only an office phone has an extension.", field: "extension")
        }
        guard request.kind.isPhone else {
            return try EmailAddress.normalized(try request.required(\.address, "value"))
        }
        let number = try request.required(\.number, "value")
        return try PhoneNumber(typed: number, extension: request.numberExtension).stored
    }
}
