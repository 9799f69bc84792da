/// The answer of `/health` and `/ready`.
package struct HealthDocument: Codable, Sendable, Equatable {
    /// `ok` or `ready`.
    package var status: String

    package init(status: String) { self.status = status }
}
