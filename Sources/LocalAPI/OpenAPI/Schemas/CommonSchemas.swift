/// What many answers have in common.
extension NamedSchema {
    static var freshness: NamedSchema {
        NamedSchema(
            "Freshness",
            .object([
                .required("asOf", .time),
                .required("generation", .count.described("Grows with each commit of the mirror.")),
                .required("state", .word(Vocabulary.freshnessStates)),
            ]).described("How current an answer from the mirror is.")
        )
    }

    static var health: NamedSchema {
        NamedSchema("Health", .object([.required("status", .word(["ok", "ready"]))]))
    }

    static var openAPI: NamedSchema {
        let anything = Schema(["type": "object"])
        return NamedSchema(
            "OpenAPI",
            .object([
                .required("openapi", .text), .required("jsonSchemaDialect", .text), .required("info", anything),
                .required("servers", .list(of: anything)), .required("tags", .list(of: anything)),
                .required("security", .list(of: anything)), .required("paths", anything),
                .required("components", anything),
            ]).described("An OpenAPI 3.1 document: this one.")
        )
    }

    static var question: NamedSchema {
        NamedSchema("Question", .object([.required("id", .text), .required("text", .text)]))
    }

    /// Neither has a body anything to say, nor may it say anything.
    static var empty: NamedSchema { NamedSchema("Empty", .request([])) }

    /// One page of a listing.
    static func page(_ name: String, of item: Schema) -> NamedSchema {
        NamedSchema(
            name,
            .object([
                .required("items", .list(of: item)), .required("next", nextPage),
                .required("freshness", .ref(freshness)),
            ])
        )
    }

    /// Required, so that its `null` ends the listing.
    static var nextPage: Schema {
        Schema.text.orNull.described("The cursor of the next page; null on the last one.")
    }
}

/// RFC 9457.
extension NamedSchema {
    static var problem: NamedSchema {
        NamedSchema(
            "Problem",
            .object([
                .required("type", Schema(["type": "string", "format": "uri"]).described("Stable: branch on it.")),
                .required("title", .text),
                .required("status", .integer(400...599)),
                .required("detail", Schema.text.described("A sentence that a person can read.")),
                .optional("field", Schema.text.described("The member or query parameter that is wrong.")),
                .optional("capability", Schema.text.described("What the peer lacks; any of several, with “or”.")),
                .optional("retryAfter", Schema.count.described("Seconds.")),
                .optional("rules", .list(of: .ref(.rule)).described("The rules that a new password did not meet.")),
                .optional("outcome", .word(Vocabulary.outcomes)),
                .optional("reason", .word(Vocabulary.refusals)),
                .optional("unlocked", .flag),
                .optional("notEnforced", .list(of: .text)),
                .optional("directories", .list(of: .ref(.directoryOutcome))),
            ]).described("A problem document (RFC 9457). From `outcome` on: what became of a write.")
        )
    }
}
