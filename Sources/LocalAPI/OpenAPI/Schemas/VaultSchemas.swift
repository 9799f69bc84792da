/// The vault, the audit and the policies.
extension NamedSchema {
    static var vaultKeys: NamedSchema {
        NamedSchema(
            "VaultKeys",
            .object([
                .required("configuredKey", .text), .required("writingKey", .text),
                .required("formerKeys", .list(of: .text)),
                .required("remaining", .map(of: .count).described("Records under a former key, by table.")),
                .required("complete", .flag),
            ])
        )
    }

    static var backup: NamedSchema {
        NamedSchema(
            "Backup",
            .object([
                .required("path", .text), .required("time", .time), .required("bytes", .count),
                .required("people", .count), .required("methods", .count), .required("auditSequence", .count),
                .required("key", .text),
            ])
        )
    }

    static var erasure: NamedSchema {
        NamedSchema(
            "Erasure",
            .object([.required("id", .text), .required("methods", .count), .required("audit", .flag)])
        )
    }

    static var personExport: NamedSchema {
        NamedSchema(
            "PersonExport",
            .object([
                .required("id", .text), .optional("completedAt", .time), .optional("confirmedAt", .time),
                .optional("disabledAt", .time), .optional("frozenAt", .time),
                .required("recentPolicies", .map(of: .time)), .required("methods", .list(of: exportedMethod)),
                .required("sessions", .list(of: exportedSession)),
                .required(
                    "messages",
                    .list(
                        of: .object([.required("channel", .text), .required("to", .text), .required("deadline", .time)])
                    )
                ),
                .required(
                    "writes",
                    .list(
                        of: .object([
                            .required("kind", .text), .required("state", .text), .required("recordedAt", .time),
                        ])
                    )
                ),
                .required("counters", .map(of: .count)), .required("audit", .list(of: .ref(.auditRecord))),
            ]).described("Everything that is kept of one person, but what nobody may read back.")
        )
    }

    private static var exportedMethod: Schema {
        .object([
            .required("id", .text), .required("kind", .word(Vocabulary.methodKinds)), .optional("value", .text),
            .required("label", .text), .required("state", .word(Vocabulary.methodStates)),
            .optional("source", .word(Vocabulary.methodSources)), .required("isDefault", .flag),
            .required("addedAt", .time), .optional("verifiedAt", .time),
        ])
    }

    private static var exportedSession: Schema {
        .object([
            .required("startedFor", .text), .required("frontend", .text), .required("policy", .text),
            .required("expiresAt", .time), .required("ended", .flag),
        ])
    }

    static var auditRecord: NamedSchema {
        let actor = Schema.object([
            .required("kind", .word(Vocabulary.actors)), .optional("name", .text), .optional("uid", .count),
        ])
        return NamedSchema(
            "AuditRecord",
            .object([
                .required("sequence", .count), .required("time", .time), .required("action", .text),
                .required("result", .word(Vocabulary.auditResults)), .required("actor", actor),
                .optional("subject", Schema.text.described("The immutable id of the person whom it is about.")),
                .required("details", .map(of: .text)),
            ])
        )
    }

    static var auditVerification: NamedSchema {
        NamedSchema(
            "AuditVerification",
            .object([
                .required("intact", .flag), .required("count", .count), .optional("brokenAt", .count),
                .optional("anchor", .word(Vocabulary.anchorFindings)),
                .optional("end", Schema.text.described("Where the audit ends now, to be kept elsewhere.")),
            ])
        )
    }

    static var reload: NamedSchema {
        let sections = Schema.list(of: .text).described("Sections that differ and are read at a start only.")
        return NamedSchema("Reload", .object([.required("needsRestart", sections)]))
    }

    static var policyInForce: NamedSchema {
        NamedSchema(
            "PolicyInForce",
            .object([
                .required("name", .text),
                .optional("roles", .list(of: .text).described("Absent: it matches everybody.")),
                .required("methods", .list(of: .ref(.allowedMethod))),
                .required("register", .object([.required("minimum", .count), .required("strong", .count)])),
                .required("gates", .ref(.purposeGates)), .required("enrol", .word(Vocabulary.enrolments)),
                .required("people", .count),
            ])
        )
    }

    static var policyList: NamedSchema {
        NamedSchema(
            "PolicyList",
            .object([
                .required("items", .list(of: .ref(.policyInForce))), .required("unmatched", .count),
                .required("freshness", .ref(.freshness)),
            ])
        )
    }

    static var policySimulation: NamedSchema {
        let person = Schema.object([
            .required("login", .text), .optional("displayName", .text), .optional("before", .text),
            .optional("after", .text), .required("changes", .list(of: .word(Vocabulary.policyChanges))),
            .required("reasons", .list(of: .ref(.finding))),
        ])
        return NamedSchema(
            "PolicySimulation",
            .object([
                .required("examined", .count), .required("counts", .map(of: .count)),
                .required("items", .list(of: person)), .required("next", nextPage),
                .required("freshness", .ref(.freshness)),
            ])
        )
    }
}
