/// `POST /v1/admin/quarantine/{id}/release`.
package struct ReleaseRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case removals, reason }

    /// How many removals the administrator has seen in the batch.
    package var removals: Int
    /// Why, in the administrator's words; goes into the audit.
    package var reason: String

    package init(removals: Int, reason: String) {
        self.removals = removals
        self.reason = reason
    }
}

/// `POST /v1/admin/quarantine/{id}/refuse`.
package struct RefuseRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case reason }

    /// Why, in the administrator's words; goes into the audit.
    package var reason: String

    package init(reason: String) { self.reason = reason }
}
