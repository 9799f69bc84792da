/// What an administrator may do. The raw values stand in the configuration.
package enum AdminCapability: String, Sendable, CaseIterable {
    case lookUp = "look-up"
    case unlock
    /// Start a sync and watch it.
    case sync
    /// Read and verify the audit.
    case audit
    case reveal
    case sendReset = "send-reset"
    case issuePass = "issue-pass"
    case editMethods = "edit-methods"
    case `import`
    case release, vault
    /// Every one of them.
    case all
}

/// What a user, or the members of a group, may do on the admin socket.
package struct AdministratorGrant: Sendable, Equatable {
    package enum Subject: Sendable, Equatable {
        case user(UInt32)
        case group(UInt32)
    }

    package var subject: Subject
    package var may: Set<AdminCapability>

    package init(_ subject: Subject, may: Set<AdminCapability>) {
        self.subject = subject
        self.may = may
    }
}
