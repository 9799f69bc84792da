/// `POST /v1/admin/syncs`.
package struct SyncRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case full, dryRun }

    package var full: Bool?
    package var dryRun: Bool?

    package init(full: Bool? = nil, dryRun: Bool? = nil) {
        self.full = full
        self.dryRun = dryRun
    }
}

/// `POST /v1/admin/users/{login}/unlocks`.
package struct UnlockRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case reason }

    /// Why, in the helper's words; goes into the audit.
    package var reason: String

    package init(reason: String) { self.reason = reason }
}
