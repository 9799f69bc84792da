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
}

/// `POST /registration/methods`.
package struct AddMethodRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case kind, address, number, label }

    package var kind: String
    /// For an email address.
    package var address: String?
    /// For a phone.
    package var number: String?
    package var label: String?

    package init(kind: String, address: String? = nil, number: String? = nil, label: String? = nil) {
        self.kind = kind
        self.address = address
        self.number = number
        self.label = label
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

    package struct Answer: Codable, Sendable {
        package var questionId: String
        package var answer: String
    }

    package var code: String?
    package var answers: [Answer]?

    package init(code: String) { self.code = code }
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
