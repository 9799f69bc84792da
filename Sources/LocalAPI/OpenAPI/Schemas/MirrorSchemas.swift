/// The mirror, its synchronisation and its quarantine.
extension NamedSchema {
    static var status: NamedSchema {
        let sync = Schema.object([
            .required("state", .word(Vocabulary.syncStates)),
            .optional("strategy", .text),
            .optional("reason", Schema.text.described("Why this strategy: what the server said.")),
            .optional("server", .text),
            .optional("lastChangeAt", .time),
            .optional("lastContactAt", .time),
            .optional("lastVerifiedAt", .time),
            .optional("repaired", Schema.count.described("Entries that comparisons had to put right.")),
            .optional("references", Schema.count.described("Continuation references, which nobody follows.")),
            .optional("problem", .text),
            .optional("nextAttemptAt", .time),
        ])
        return NamedSchema(
            "Status",
            .object([
                .required("version", .text), .required("sync", sync), .required("users", .count),
                .required("roles", .count),
                .required("quarantine", .object([.required("removals", .count)])),
                .required("freshness", .ref(.freshness)),
            ])
        )
    }

    static var syncRun: NamedSchema {
        let summary = Schema.object([
            .required("generation", .count), .required("added", .count), .required("changed", .count),
            .required("removed", .count),
        ])
        let difference = Schema.object([
            .required("added", .count), .required("changed", .count), .required("removed", .count),
            .required("sampleAdded", .list(of: .text)), .required("sampleChanged", .list(of: .text)),
            .required("sampleRemoved", .list(of: .text)),
        ])
        return NamedSchema(
            "SyncRun",
            .object([
                .required("id", .text), .required("full", .flag), .required("dryRun", .flag),
                .required("phase", .word(Vocabulary.syncPhases)),
                .required("received", .count), .optional("expected", .count),
                .optional("summary", summary),
                .optional("difference", difference.described("What a dry run found.")),
                .optional("problem", .text),
                .required("revision", Schema.count.described("Grows with each change: `after` waits for the next.")),
                .required("ended", .flag),
            ])
        )
    }

    static var role: NamedSchema { NamedSchema("Role", .object(roleMembers)) }

    static var roleMembersPage: NamedSchema {
        let page: [Member] = [.required("items", .list(of: .ref(.user))), .required("next", nextPage)]
        return NamedSchema("RoleMembers", .object(roleMembers + page))
    }

    private static var roleMembers: [Member] {
        [
            .required("id", .text), .required("name", .text), .required("dn", .text),
            .required("members", Schema.count.described("People who hold it, directly or through nesting.")),
            .required("freshness", .ref(.freshness)),
        ]
    }

    static var heldBatch: NamedSchema {
        NamedSchema(
            "HeldBatch",
            .object([
                .required("id", .count), .required("began", .time), .required("reason", .text),
                .required("removals", Schema.count.described("The number that a release confirms.")),
                .required("users", .count), .required("roles", .count), .required("memberships", .count),
            ])
        )
    }

    static var heldRemoval: NamedSchema {
        NamedSchema(
            "HeldRemoval",
            .object([
                .required("kind", .word(Vocabulary.heldKinds)), .required("id", .text), .required("dn", .text),
                .optional("member", Schema.text.described("Of a membership: the member's distinguished name.")),
                .required("reason", .word(Vocabulary.heldReasons)), .required("since", .time),
            ])
        )
    }

    static var heldBatchPage: NamedSchema {
        NamedSchema(
            "HeldBatchPage",
            .object([
                .required("batch", .ref(.heldBatch)), .required("items", .list(of: .ref(.heldRemoval))),
                .required("next", nextPage), .required("freshness", .ref(.freshness)),
            ])
        )
    }

    static var release: NamedSchema {
        NamedSchema(
            "Release",
            .object([.required("generation", .count), .required("removed", .count), .required("changed", .count)])
        )
    }

    static var examination: NamedSchema {
        let paste = Schema.object([
            .required("place", Schema.text.described("Where to paste it.")), .required("text", .text),
        ])
        let finding = Schema.object([
            .required("check", Schema.text.described("The check's name, which stays.")),
            .required("subject", .text), .required("verdict", .word(Vocabulary.verdicts)), .required("text", .text),
            .optional("remedy", Schema.text.described("What to do about it.")),
            .required("paste", Schema.list(of: paste).described("Texts that mend it; one of them does.")),
        ])
        return NamedSchema("Examination", .object([.required("findings", .list(of: finding))]))
    }
}
