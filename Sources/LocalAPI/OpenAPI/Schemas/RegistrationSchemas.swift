/// Sign-in and registration.
extension NamedSchema {
    static var user: NamedSchema {
        let account = Schema.object([
            .required("state", .word(Vocabulary.accountStates)),
            .optional("lock", .word(Vocabulary.locks).described("While locked.")),
            .optional("since", .time),
        ])
        return NamedSchema(
            "User",
            .object([
                .required("id", Schema.text.described("The directory's immutable id.")),
                .required("login", .text),
                .optional("displayName", .text),
                .optional("email", .text),
                .required("dn", .text),
                .required("roles", .list(of: .text)),
                .required("account", account),
                .required("registration", .word(Vocabulary.registrationStates + [UserDocument.noRegistration])),
                .required("freshness", .ref(.freshness)),
            ])
        )
    }

    static var signIn: NamedSchema {
        NamedSchema(
            "SignIn",
            .object([
                .required("token", Schema.text.described("Shown once. For `Authorization: Bearer`.")),
                .required("expiresAt", .time),
                .required("user", .ref(.user)),
                .required("registration", .ref(.registration)),
            ])
        )
    }

    static var missing: NamedSchema {
        NamedSchema(
            "Missing",
            .object([
                .required("code", .text), .optional("kind", .word(Vocabulary.methodKinds)), .required("text", .text),
            ])
        )
    }

    /// A kind that a policy allows.
    static var allowedMethod: NamedSchema {
        NamedSchema(
            "AllowedMethod",
            .object([
                .required("kind", .word(Vocabulary.methodKinds)),
                .required("via", .list(of: .word(Vocabulary.via))),
            ])
        )
    }

    static var registration: NamedSchema {
        let questions = Schema.object([
            .required("register", Schema.count.described("How many are answered.")),
            .required("bank", .list(of: .ref(.question))),
        ])
        let policy = Schema.object([
            .required("name", .text),
            .required("methods", .list(of: .ref(.allowedMethod))),
            .required("minimum", .count),
            .required("strong", .count),
            .optional("questions", questions),
        ])
        return NamedSchema(
            "Registration",
            .object([
                .required("state", .word(Vocabulary.registrationStates)),
                .required("registered", Schema.flag.described("Whether the person has what the policy asks for.")),
                .required("missing", .list(of: .ref(.missing))),
                .required("methods", .list(of: .ref(.method))),
                .required("policy", policy),
            ])
        )
    }

    static var method: NamedSchema {
        NamedSchema(
            "Method",
            .object([
                .required("id", .text),
                .required("kind", .word(Vocabulary.methodKinds)),
                .required("label", .text),
                .required("hint", Schema.text.described("The masked value.")),
                .optional("value", Schema.text.described("The full value: only after a fresh proof, or a reveal.")),
                .required("state", .word(Vocabulary.methodStates)),
                .required("isDefault", .flag),
                .required("via", .list(of: .word(Vocabulary.via))),
                .required("addedAt", .time),
                .optional("verifiedAt", .time),
                .optional("usableFrom", Schema.time.described("From when on it may be used for a reset.")),
            ])
        )
    }

    static var addedMethod: NamedSchema {
        NamedSchema(
            "AddedMethod",
            .object([
                .required("method", .ref(.method)),
                .optional("otpauthURI", Schema.text.described("For a QR code; shown now and never again.")),
                .optional("secret", Schema.text.described("The seed in base32, for typing.")),
                .optional("codes", .list(of: .text).described("Recovery codes.")),
            ])
        )
    }

    static var verifiedMethod: NamedSchema {
        NamedSchema(
            "VerifiedMethod",
            .object([
                .required("method", .ref(.method)),
                .required("freshUntil", Schema.time.described("Until when this proof counts as fresh.")),
            ])
        )
    }

    static var challenge: NamedSchema {
        NamedSchema(
            "Challenge",
            .object([
                .required("id", .text),
                .required("kind", .word(Vocabulary.methodKinds)),
                .optional("via", .word(Vocabulary.via)),
                .required("expiresAt", .time),
                .required("state", .word(Vocabulary.challengeStates)),
                .optional("questions", .list(of: .ref(.question)).described("What is asked, in order.")),
                .optional("number", Schema.text.described("To be shown on the page, and keyed or typed elsewhere.")),
            ])
        )
    }
}
