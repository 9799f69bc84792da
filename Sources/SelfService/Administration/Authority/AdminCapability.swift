/// What an administrator may do. The raw values stand in the configuration.
package enum AdminCapability: String, Sendable, Codable, CaseIterable {
    case lookUp = "look-up"
    case unlock
    /// Start a sync and watch it.
    case sync
    /// Read and verify the audit.
    case audit
    /// See the full values of what people registered.
    case reveal
    case sendReset = "send-reset"
    case issuePass = "issue-pass"
    /// Enter and remove what people registered, and require them to confirm it.
    case editMethods = "edit-methods"
    case `import`
    /// Stop resets and changes for somebody, and let them go on.
    case release
    case vault
    /// Have the configuration file read again.
    case reload
    /// Every one of them.
    case all

    /// Whether it is exercised on one person at a time, so that it can be narrowed to the holders of roles.
    package var concernsPeople: Bool {
        switch self {
        case .lookUp, .unlock, .reveal, .sendReset, .issuePass, .editMethods, .import, .release: true
        case .sync, .audit, .vault, .reload, .all: false
        }
    }
}
