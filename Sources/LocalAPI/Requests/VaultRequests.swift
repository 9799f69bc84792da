/// `POST /v1/admin/vault/backups`.
package struct BackupRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case directory }

    /// An absolute path, as the daemon sees it.
    package var directory: String

    package init(directory: String) { self.directory = directory }
}

/// `POST /v1/admin/users/{login}/exports` and `…/erasures`, where `{login}` may be the directory's id of somebody whom
/// the directory does not have any more.
package struct PersonalDataRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case reason }

    /// Why, in the administrator's words; goes into the audit.
    package var reason: String

    package init(reason: String) { self.reason = reason }
}
