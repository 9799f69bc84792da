/// What a front end sends.
extension NamedSchema {
    static var signInRequest: NamedSchema {
        let members: [Member] = [
            .required("login", .text), .optional("password", .text), .optional("accessPass", .text),
        ]
        return NamedSchema(
            "SignInRequest",
            .request(members).having(oneOf: [
                .only("password", not: ["accessPass"]), .only("accessPass", not: ["password"]),
            ])
        )
    }

    /// Which members go with which kind.
    package static let methodMembers: [(kinds: [String], required: [String], optional: [String])] = [
        (["email"], ["address"], []),
        (["mobile-phone", "alternate-phone"], ["number"], []),
        (["office-phone"], ["number"], ["extension"]),
        (["app-notification"], ["publicKey", "pushToken", "proof"], []),
        (["authenticator", "recovery-codes", "security-questions", "access-pass"], [], []),
    ]

    static var addMethodRequest: NamedSchema {
        let members: [Member] = [
            .required("kind", .word(Vocabulary.methodKinds)),
            .optional("address", .text(atMost: APILimits.email).described("An email address.")),
            .optional("number", Schema.text.described("A phone, in international form.").example("+12025550142")),
            .optional("extension", Schema.text.described("Of an office phone.")),
            .optional("publicKey", Schema.text.described("Base64 of a P-256 SubjectPublicKeyInfo (RFC 5480).")),
            .optional("pushToken", Schema.text.described("What the push gateway knows the device by.")),
            .optional("proof", Schema.text.described("The device's signature, base64 of DER.")),
            .optional("label", .text(atMost: APILimits.label)),
        ]
        let special = Set(methodMembers.flatMap { $0.required + $0.optional })
        let variants = methodMembers.map { row in
            Schema.only(row.required, not: special.subtracting(row.required + row.optional), kinds: row.kinds)
        }
        return NamedSchema("AddMethodRequest", .request(members).having(oneOf: variants))
    }

    static var changeMethodRequest: NamedSchema {
        NamedSchema(
            "ChangeMethodRequest",
            .request([.optional("label", .text(atMost: APILimits.label)), .optional("isDefault", .flag)])
                .described("What is absent stays.")
        )
    }

    static var answers: Schema {
        .list(
            of: .request([.required("questionId", .text), .required("answer", .text(atMost: APILimits.answer))]),
            atMost: APILimits.answers
        )
    }

    static var setAnswersRequest: NamedSchema {
        NamedSchema("SetAnswersRequest", .request([.required("answers", answers)]))
    }

    static var openChallengeRequest: NamedSchema {
        NamedSchema("OpenChallengeRequest", .request([.optional("via", .word(Vocabulary.via))]))
    }

    static var openResetChallengeRequest: NamedSchema {
        NamedSchema(
            "OpenResetChallengeRequest",
            .request([.required("methodId", .text), .optional("via", .word(Vocabulary.via))])
        )
    }

    static var answerRequest: NamedSchema {
        NamedSchema(
            "AnswerRequest",
            .request([.optional("code", Schema.text.example("123456")), .optional("answers", answers)])
                .having(oneOf: [.only("code", not: ["answers"]), .only("answers", not: ["code"])])
        )
    }

    static var startResetRequest: NamedSchema {
        NamedSchema(
            "StartResetRequest",
            .request([
                .optional("login", .text(atMost: APILimits.login).described("A login or an email address.")),
                .optional("purpose", .word(Vocabulary.purposes)),
                .optional("linkToken", Schema.text.described("From a link by mail; it stands alone.")),
            ]).having(oneOf: [
                .only(["login", "purpose"], not: ["linkToken"]), .only(["linkToken"], not: ["login", "purpose"]),
            ])
        )
    }

    static var passwordRequest: NamedSchema {
        NamedSchema("PasswordRequest", .request([.required("password", .text)]))
    }

    static var resetLinkRequest: NamedSchema {
        NamedSchema("ResetLinkRequest", .request([.required("email", .text(atMost: APILimits.email))]))
    }

    static var repudiationRequest: NamedSchema {
        NamedSchema("RepudiationRequest", .request([.required("token", .text)]))
    }

    static var appApprovalRequest: NamedSchema {
        NamedSchema(
            "AppApprovalRequest",
            .request([
                .required("challengeId", .text),
                .required("decision", .word(Vocabulary.decisions)),
                .optional(
                    "number",
                    .text(atMost: APILimits.number).described("As typed from the page; not needed to deny.")
                ),
                .required("signature", Schema.text.described("Base64 of DER (ECDSA P-256, SHA-256).")),
            ])
        )
    }

    static var callAnswerRequest: NamedSchema {
        NamedSchema(
            "CallAnswerRequest",
            .request([.required("callId", .text), .required("digits", .text(atMost: APILimits.digits))])
        )
    }
}

extension Schema {
    /// A variant of a request: these members have values, and those have none.
    static func only(_ name: String, not others: [String]) -> Schema { only([name], not: Set(others)) }

    static func only(_ names: [String], not others: Set<String>, kinds: [String]? = nil) -> Schema {
        var properties: [String: JSONValue] = [:]
        for name in names { properties[name] = ["not": ["type": "null"]] }
        for name in others { properties[name] = null.json }
        if let kinds { properties["kind"] = word(kinds).json }
        var keywords: [String: JSONValue] = ["properties": .object(properties)]
        if !names.isEmpty { keywords["required"] = .list(names.map(JSONValue.text)) }
        return Schema(keywords)
    }
}
