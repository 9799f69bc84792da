/// Resets, unlocks and the rules for a new password.
extension NamedSchema {
    static var reset: NamedSchema {
        let method = Schema.object([
            .required("id", .text), .required("kind", .word(Vocabulary.methodKinds)), .required("hint", .text),
            .required("via", .list(of: .word(Vocabulary.via))),
        ])
        let gates = Schema.object([.required("required", .count), .required("passed", .count)])
        return NamedSchema(
            "Reset",
            .object([
                .optional("token", Schema.text.described("Only in the answer that starts it.")),
                .required("expiresAt", .time),
                .required("purpose", .word(Vocabulary.purposes)),
                .required("methods", .list(of: method)),
                .required("gates", gates),
            ]).described("Somebody who does not exist, or may not reset, gets one of the same shape.")
        )
    }

    static var outcome: NamedSchema {
        NamedSchema(
            "Outcome",
            .object([
                .required("outcome", .word(Vocabulary.outcomes)),
                .optional("reason", .word(Vocabulary.refusals)),
                .required("unlocked", Schema.flag.described("Whether the account stands unlocked, as read back.")),
                .optional("notEnforced", .list(of: .text).described("Rules that the server did not enforce.")),
                .optional("lockedOn", .list(of: .text).described("Servers on which it is still locked.")),
                .optional("mustChange", Schema.flag.described("Another password is due at the next sign-in.")),
                .required("directories", .list(of: .ref(.directoryOutcome))),
            ])
        )
    }

    static var directoryOutcome: NamedSchema {
        NamedSchema(
            "DirectoryOutcome",
            .object([
                .required("name", .text), .required("server", .text), .required("outcome", .word(Vocabulary.outcomes)),
                .optional("reason", .word(Vocabulary.refusals)),
                .optional("notEnforced", .list(of: .text).described("Rules that its server did not enforce.")),
                .optional("lockedOn", .list(of: .text).described("Its servers on which it is still locked.")),
            ])
        )
    }

    static var check: NamedSchema {
        NamedSchema(
            "Check",
            .object([
                .required("acceptable", .flag),
                .required("rules", .list(of: .ref(.rule))),
                .optional("incomplete", Schema.flag.described("The directory may have further rules.")),
            ])
        )
    }

    static var rule: NamedSchema {
        NamedSchema(
            "Rule",
            .object([
                .required("id", .text), .required("text", .text), .required("satisfied", .flag),
                .required("source", .word(Vocabulary.ruleSources)),
            ])
        )
    }
}
