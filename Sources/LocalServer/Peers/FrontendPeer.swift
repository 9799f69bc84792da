/// What a front end may do. The raw values stand in the configuration.
package enum FrontendCapability: String, Sendable, CaseIterable {
    case signIn = "sign-in"
    case register, reset, unlock
    case resetLink = "reset-link"
    case disclose
    case appApproval = "app-approval"
    case callAnswer = "call-answer"
}

/// A front end of the configuration, known by the effective uid of its processes.
package struct FrontendPeer: Sendable, Equatable {
    package var name: String
    package var uid: UInt32
    package var may: Set<FrontendCapability>

    package init(name: String, uid: UInt32, may: Set<FrontendCapability>) {
        self.name = name
        self.uid = uid
        self.may = may
    }
}
