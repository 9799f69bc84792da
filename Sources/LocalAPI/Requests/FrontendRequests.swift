/// `POST /sign-ins`.
package struct SignInRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case login, password, accessPass }

    /// A pass stands in the place of a password.
    package var login: String
    package var password: String?
    package var accessPass: String?

    package init(login: String, password: String) {
        self.login = login
        self.password = password
    }

    package init(login: String, accessPass: String) {
        self.login = login
        self.accessPass = accessPass
    }
}

/// `POST /registration/methods`.
package struct AddMethodRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case kind, address, number, `extension`, publicKey, pushToken, proof, label
    }

    package var kind: String
    /// For an email address.
    package var address: String?
    /// For a phone.
    package var number: String?
    /// Of an office phone.
    package var `extension`: String?
    /// Of a device: the base64 of a P-256 SubjectPublicKeyInfo (RFC 5480).
    package var publicKey: String?
    /// What the push gateway knows the device by.
    package var pushToken: String?
    /// The device's signature of `latchkey-device-v1`, the person's id, `publicKey` and `pushToken`, line by line.
    package var proof: String?
    package var label: String?

    package init(kind: String, address: String? = nil, number: String? = nil, label: String? = nil) {
        self.kind = kind
        self.address = address
        self.number = number
        self.label = label
    }
}

/// `PUT /registration/security-questions`.
package struct SetAnswersRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case answers }

    package var answers: [AnswerRequest.Answer]

    package init(answers: [AnswerRequest.Answer]) { self.answers = answers }
}

/// `POST /app-approvals`.
package struct AppApprovalRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case challengeId, decision, number, signature }

    package var challengeId: String
    /// `approve` or `deny`.
    package var decision: String
    /// As the person typed it from the page; absent in a denial.
    package var number: String?
    /// Base64 of a DER signature (ECDSA P-256, SHA-256).
    package var signature: String

    package init(challengeId: String, decision: String, number: String? = nil, signature: String) {
        self.challengeId = challengeId
        self.decision = decision
        self.number = number
        self.signature = signature
    }
}

/// `POST /call-answers`.
package struct CallAnswerRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case callId, digits }

    package var callId: String
    /// The keys that were pressed.
    package var digits: String

    package init(callId: String, digits: String) {
        self.callId = callId
        self.digits = digits
    }
}

/// `PATCH /registration/methods/{id}`. What is absent stays.
package struct ChangeMethodRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case label, isDefault }

    package var label: String?
    package var isDefault: Bool?

    package init(label: String? = nil, isDefault: Bool? = nil) {
        self.label = label
        self.isDefault = isDefault
    }
}

/// `POST /registration/methods/{id}/challenges`.
package struct OpenChallengeRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case via }

    package var via: String?

    package init(via: String? = nil) { self.via = via }
}

/// `POST …/challenges/{id}/response`.
package struct AnswerRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case code, answers }

    package struct Answer: RequestDocument {
        package enum CodingKeys: String, CodingKey, CaseIterable { case questionId, answer }

        package var questionId: String
        package var answer: String

        package init(questionId: String, answer: String) {
            self.questionId = questionId
            self.answer = answer
        }

        /// As strict as the request that it is part of.
        package init(from decoder: any Decoder) throws {
            try Self.refuseUnknown(in: decoder)
            let members = try decoder.container(keyedBy: CodingKeys.self)
            questionId = try members.decode(String.self, forKey: .questionId)
            answer = try members.decode(String.self, forKey: .answer)
        }
    }

    package var code: String?
    package var answers: [Answer]?

    package init(code: String) { self.code = code }
    package init(answers: [Answer]) { self.answers = answers }
}

/// `POST /resets`.
package struct StartResetRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case login, purpose, linkToken }

    package var login: String?
    /// `reset` or `unlock`.
    package var purpose: String?
    package var linkToken: String?

    package init(login: String, purpose: String) {
        self.login = login
        self.purpose = purpose
    }

    package init(linkToken: String) {
        self.linkToken = linkToken
    }
}

/// `POST /reset-links`.
package struct ResetLinkRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case email }

    package var email: String

    package init(email: String) { self.email = email }
}

/// `POST /repudiations`.
package struct RepudiationRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case token }

    package var token: String

    package init(token: String) { self.token = token }
}

/// `POST /resets/current/challenges`.
package struct OpenResetChallengeRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case methodId, via }

    package var methodId: String
    package var via: String?

    package init(methodId: String, via: String? = nil) {
        self.methodId = methodId
        self.via = via
    }
}

/// `PUT /resets/current/password` and `POST /password-checks`.
package struct PasswordRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case password }

    package var password: String

    package init(password: String) { self.password = password }
}

/// A request that needs no body, and takes an empty object.
package struct EmptyRequest: RequestDocument {
    package enum CodingKeys: CodingKey, CaseIterable {}

    package init() {}
}
