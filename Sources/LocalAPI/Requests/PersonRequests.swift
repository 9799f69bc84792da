/// Whatever an administrator does to one person with nothing more to say than why.
package struct ReasonRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case reason }

    /// Why, in the administrator's words; goes into the audit.
    package var reason: String

    package init(reason: String) { self.reason = reason }
}

/// `POST /v1/admin/users/{login}/methods`.
package struct EnterMethodRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case kind, value, label, reason
        case numberExtension = "extension"
    }

    package var kind: String
    /// An address, or a number in international form.
    package var value: String
    package var numberExtension: String?
    package var label: String?
    package var reason: String

    package init(kind: String, value: String, numberExtension: String? = nil, label: String? = nil, reason: String) {
        self.kind = kind
        self.value = value
        self.numberExtension = numberExtension
        self.label = label
        self.reason = reason
    }
}

/// `POST /v1/admin/users/{login}/method-removals`: either one, by its id, or all.
package struct RemoveMethodsRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case id, all, reason }

    package var id: String?
    package var all: Bool?
    package var reason: String

    package init(id: String? = nil, all: Bool? = nil, reason: String) {
        self.id = id
        self.all = all
        self.reason = reason
    }
}

/// `POST /v1/admin/users/{login}/passes`.
package struct IssuePassRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case lifetime, reason }

    /// Seconds; an hour unless said otherwise.
    package var lifetime: Int?
    package var reason: String

    package init(lifetime: Int? = nil, reason: String) {
        self.lifetime = lifetime
        self.reason = reason
    }
}

/// `POST /v1/admin/method-imports`.
package struct ImportMethodsRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case csv, dryRun, partial, reason }

    /// The file: `login,kind,value,extension,label` (RFC 4180).
    package var csv: String
    package var dryRun: Bool?
    package var partial: Bool?
    package var reason: String

    package init(csv: String, dryRun: Bool? = nil, partial: Bool? = nil, reason: String) {
        self.csv = csv
        self.dryRun = dryRun
        self.partial = partial
        self.reason = reason
    }
}

/// `POST /v1/admin/required-confirmations`: for some of those who hold a role.
package struct RequireConfirmationsRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case role, cursor, reason }

    package var role: String
    /// `next` of the answer before.
    package var cursor: String?
    package var reason: String

    package init(role: String, cursor: String? = nil, reason: String) {
        self.role = role
        self.cursor = cursor
        self.reason = reason
    }
}
