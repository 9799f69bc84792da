import SelfService

/// The rules for new passwords.
struct PasswordAdvice {
    /// In characters, for a password that is the only factor.
    private static let minimumLengthAdvised = 15
    /// In characters: at least so many are to be allowed.
    private static let maximumLengthAdvised = 64

    let place: Value

    func run(_ rules: PasswordRules) {
        if rules.minimumLength < Self.minimumLengthAdvised {
            place.warn(
                "passwords of fewer than 15 characters",
                .shortPasswords,
                do: "set passwordRules.minimumLength: 15"
            )
        }
        if rules.maximumLength < Self.maximumLengthAdvised {
            place.warn(
                "passwords of 64 characters are refused",
                .cappedPasswords,
                do: "raise passwordRules.maximumLength"
            )
        }
        if rules.blocklist.isEmpty {
            place.warn("no list of refused passwords", .noBlocklist, do: "name one in passwordRules.blocklist")
        }
        if let classes = place.member("requireClasses") {
            classes.warn(
                "a rule of composition",
                .composition,
                do: "people meet it in the same few ways; remove it and ask for length"
            )
        }
    }
}
