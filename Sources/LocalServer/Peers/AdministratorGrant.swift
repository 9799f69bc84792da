package import SelfService

/// What a user, or the members of a group, may do on the admin socket.
package struct AdministratorGrant: Sendable, Equatable {
    package enum Subject: Sendable, Equatable {
        case user(UInt32)
        case group(UInt32)
    }

    package var subject: Subject
    package var may: Set<AdminCapability>
    /// Over whom. Only capabilities that concern people can be narrowed.
    package var over: Reach

    package init(_ subject: Subject, may: Set<AdminCapability>, over: Reach = .everybody) {
        self.subject = subject
        self.may = may
        self.over = over
    }
}
