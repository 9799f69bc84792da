/// What administrators see and do of one person.
extension NamedSchema {
    static var finding: NamedSchema {
        NamedSchema(
            "Finding",
            .object([
                .required("code", .text), .required("blocks", Schema.flag.described("Whether it stands in the way.")),
                .required("text", .text),
            ])
        )
    }

    /// How many proofs each purpose needs.
    static var purposeGates: NamedSchema {
        NamedSchema("PurposeGates", .object([.required("reset", .count), .required("unlock", .count)]))
    }

    static var explanation: NamedSchema {
        let method = Schema.object([
            .required("id", .text), .required("kind", .word(Vocabulary.methodKinds)), .required("hint", .text),
            .required("usable", .flag), .optional("usableFrom", .time),
            .required("findings", .list(of: .ref(.finding))),
        ])
        let doubt = Schema.object([
            .required("code", .word(Vocabulary.doubts)), .required("roles", .list(of: .text)),
        ])
        return NamedSchema(
            "Explanation",
            .object([
                .required("user", .ref(.user)),
                .required("live", Schema.flag.described("Whether the account was read from the directory just now.")),
                .optional("policy", .text), .optional("role", .text), .optional("doubt", doubt),
                .optional("gates", .ref(.purposeGates)),
                .required("canReset", .flag), .required("canUnlock", .flag),
                .required("findings", .list(of: .ref(.finding))), .required("methods", .list(of: method)),
                .required("missing", .list(of: .ref(.missing))),
                .optional("frozenSince", .time), .required("freshness", .ref(.freshness)),
            ]).described("What would happen now if this person asked for a reset or an unlock, and why.")
        )
    }

    static var enteredMethod: NamedSchema {
        NamedSchema("EnteredMethod", .object([.required("result", .word(["added", "present"]))]))
    }

    static var removedMethods: NamedSchema {
        NamedSchema("RemovedMethods", .object([.required("removed", .count)]))
    }

    static var pass: NamedSchema {
        NamedSchema(
            "Pass",
            .object([
                .required("pass", Schema.text.described("Shown now and never again.")), .required("expiresAt", .time),
            ])
        )
    }

    static var changed: NamedSchema {
        NamedSchema(
            "Changed",
            .object([.required("changed", Schema.flag.described("Whether there was anything to do."))])
        )
    }

    static var frozen: NamedSchema {
        NamedSchema("Frozen", .object([.required("login", .text), .required("since", .time)]))
    }

    static var countedLimit: NamedSchema {
        NamedSchema(
            "CountedLimit",
            .object([
                .required("what", .word(Vocabulary.countedLimits)), .optional("methodId", .text),
                .required("count", .count), .required("limit", .count),
                .optional("until", Schema.time.described("When the next may be tried.")),
            ])
        )
    }

    static var requirement: NamedSchema {
        NamedSchema(
            "Requirement",
            .object([
                .required("required", .count), .required("passedOver", .count),
                .optional("next", Schema.text.described("Goes on; absent on the last page.")),
            ])
        )
    }

    static var standing: NamedSchema {
        NamedSchema(
            "Standing",
            .object([
                .required("id", .text), .required("login", .text), .optional("displayName", .text),
                .required("registration", .word(Vocabulary.registrationStates + [UserDocument.noRegistration])),
                .optional("policy", .text), .required("methods", .count),
                .required("canReset", .flag), .required("canUnlock", .flag), .required("reasons", .list(of: .text)),
                .required("drift", .list(of: .word(Vocabulary.methodKinds))),
            ])
        )
    }

    static var importReport: NamedSchema {
        let line = Schema.object([
            .required("line", .count), .required("login", .text), .required("kind", .text),
            .required("result", .word(Vocabulary.importResults)), .optional("detail", .text),
        ])
        return NamedSchema(
            "ImportReport",
            .object([
                .required("applied", .flag), .required("dryRun", .flag), .required("added", .count),
                .required("present", .count), .required("errors", .count), .required("lines", .list(of: line)),
            ])
        )
    }

    static var approval: NamedSchema {
        NamedSchema(
            "Approval",
            .object([
                .required("id", .text), .required("action", .text), .required("capability", .text),
                .required("login", .text), .required("reason", .text), .required("requester", .count),
                .optional("approver", .count), .required("state", .word(Vocabulary.approvalStates)),
                .required("requestedAt", .time), .required("expiresAt", .time),
            ]).described("A request about a protected person. Once it is approved, the same request is sent again.")
        )
    }
}
