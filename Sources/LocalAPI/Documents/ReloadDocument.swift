/// `POST /v1/admin/reloads`: the new configuration is in force.
package struct ReloadDocument: Codable, Sendable, Equatable {
    /// Sections that differ and are only read at a start.
    package var needsRestart: [String]

    package init(needsRestart: [String]) { self.needsRestart = needsRestart }
}
