/// What an administrator's program sends.
extension NamedSchema {
    private static var reason: Member {
        .required(
            "reason",
            .text(atMost: APILimits.reason, atLeast: 1).described("Why, in one line; it goes into the audit.")
                .example("called the helpdesk, verified by phone")
        )
    }

    private static var cursor: Member {
        .optional("cursor", .text(atMost: APILimits.cursor, atLeast: 1).described("`next` of the answer before."))
    }

    static var reasonRequest: NamedSchema { NamedSchema("ReasonRequest", .request([reason])) }

    static var syncRequest: NamedSchema {
        NamedSchema(
            "SyncRequest",
            .request([
                .optional("full", Schema.flag.described("Everything is read again.")),
                .optional("dryRun", Schema.flag.described("Nothing is changed; the run tells what would be.")),
            ])
        )
    }

    static var releaseRequest: NamedSchema {
        NamedSchema(
            "ReleaseRequest",
            .request([
                .required(
                    "removals",
                    .integer(Int.min...Int.max).described("How many the administrator has seen in the batch.")
                ),
                reason,
            ])
        )
    }

    static var enterMethodRequest: NamedSchema {
        NamedSchema(
            "EnterMethodRequest",
            .request([
                .required("kind", .word(Vocabulary.methodKinds)),
                .required("value", Schema.text.described("An address, or a number in international form.")),
                .optional("extension", Schema.text.described("Of an office phone.")),
                .optional("label", .text(atMost: APILimits.label)),
                reason,
            ])
        )
    }

    static var removeMethodsRequest: NamedSchema {
        NamedSchema(
            "RemoveMethodsRequest",
            .request([
                .optional("id", .text), .optional("all", Schema.flag.described("Either this, or one by its id.")),
                reason,
            ])
        )
    }

    static var issuePassRequest: NamedSchema {
        NamedSchema(
            "IssuePassRequest",
            .request([
                .optional("lifetime", .integer(APILimits.passLifetime).described("Seconds; an hour if absent.")),
                reason,
            ])
        )
    }

    static var importMethodsRequest: NamedSchema {
        NamedSchema(
            "ImportMethodsRequest",
            .request([
                .required("csv", Schema.text.described("`login,kind,value,extension,label` (RFC 4180).")),
                .optional("dryRun", .flag),
                .optional("partial", Schema.flag.described("Good lines are taken though others are not.")),
                reason,
            ])
        )
    }

    static var requireConfirmationsRequest: NamedSchema {
        NamedSchema(
            "RequireConfirmationsRequest",
            .request([.required("role", .text), cursor, reason])
        )
    }

    static var policySimulationRequest: NamedSchema {
        NamedSchema(
            "PolicySimulationRequest",
            .request([
                .required("configuration", Schema.text.described("A whole configuration, or its `policies` alone.")),
                .optional("limit", .integer(APILimits.page)),
                cursor,
            ])
        )
    }

    static var auditVerificationRequest: NamedSchema {
        NamedSchema(
            "AuditVerificationRequest",
            .request([
                .optional("anchor", Schema.text.described("Where the audit once ended, as the log has it."))
            ])
        )
    }

    static var backupRequest: NamedSchema {
        NamedSchema(
            "BackupRequest",
            .request([
                .required(
                    "directory",
                    .text(atMost: APILimits.directory).described("An absolute path, as the daemon sees it.")
                )
            ])
        )
    }
}
