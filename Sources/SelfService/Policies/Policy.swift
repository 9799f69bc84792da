/// What people of some roles may register and what they must prove. The first that matches holds.
package struct Policy: Sendable, Equatable, Codable {
    package var name: String
    /// Names of roles, compared without case; nil matches everybody.
    package var roles: [String]?
    package var methods: [AllowedMethod]
    package var register: RegistrationRequirement
    /// How many independent proofs a reset needs.
    package var resetGates: Int
    /// Whether another password is to be chosen at the next sign-in after a reset.
    package var mustChange = false
    /// How many independent proofs an unlock needs.
    package var unlockGates: Int
    /// Seconds after which people confirm that everything is still theirs; nil: never.
    package var reconfirmAfter: Double?
    /// Seconds that a method added after the registration was complete waits before it may reset.
    package var coolingOff: Double
    /// Mail domains, in lower case, whose boxes cannot be read without the forgotten password: their
    /// addresses pass no gate.
    package var mailNeedsPassword: [String]
    /// What a first registration needs.
    package var enrolment: EnrolmentRule
    /// Kinds whose value in the directory counts as proven.
    package var trustDirectory: [MethodKind]
    /// Nil: security questions are off.
    package var questions: QuestionRule?
    /// Calls in a reset are answered by # alone, instead of the number on the page.
    package var callsPressOnly: Bool
    /// What people are told whose password is another system's; nil: it is the directory's.
    package var passwordElsewhere: String?

    package init(
        name: String,
        roles: [String]? = nil,
        methods: [AllowedMethod],
        register: RegistrationRequirement,
        resetGates: Int,
        unlockGates: Int? = nil,
        reconfirmAfter: Double? = nil,
        coolingOff: Double = 0,
        mailNeedsPassword: [String] = [],
        enrolment: EnrolmentRule = .password,
        trustDirectory: [MethodKind] = [],
        questions: QuestionRule? = nil,
        callsPressOnly: Bool = false,
        passwordElsewhere: String? = nil
    ) {
        self.name = name
        self.roles = roles
        self.methods = methods
        self.register = register
        self.resetGates = resetGates
        self.unlockGates = unlockGates ?? resetGates
        self.reconfirmAfter = reconfirmAfter
        self.coolingOff = coolingOff
        self.mailNeedsPassword = mailNeedsPassword
        self.enrolment = enrolment
        self.trustDirectory = trustDirectory
        self.questions = questions
        self.callsPressOnly = callsPressOnly
        self.passwordElsewhere = passwordElsewhere
    }

    package func allows(_ kind: MethodKind) -> Bool { methods.contains { $0.kind == kind } }

    /// In the order in which the policy names the kinds, as people and decoys are shown alike; within one as they were.
    func inOrder<Item>(_ items: [Item], by kind: (Item) -> MethodKind) -> [Item] {
        methods.flatMap { allowed in items.filter { kind($0) == allowed.kind } }
    }

    /// The ways in which a kind may be reached under this policy.
    package func via(of kind: MethodKind) -> [Via] { methods.first { $0.kind == kind }?.via ?? kind.via }

    package func gates(for purpose: ResetPurpose) -> Int {
        switch purpose {
        case .reset: resetGates
        case .unlock: unlockGates
        }
    }
}

/// A kind of method that a policy offers, with the ways in which it may be reached.
package struct AllowedMethod: Sendable, Equatable, Codable {
    package var kind: MethodKind
    package var via: [Via]

    package init(_ kind: MethodKind, via: [Via]? = nil) {
        self.kind = kind
        self.via = via ?? kind.via
    }
}

package struct RegistrationRequirement: Sendable, Equatable, Codable {
    /// How many verified methods make a registration complete.
    package var minimum: Int
    /// How many of them must be of a strong kind: every kind but email and security questions.
    package var strong: Int

    package init(minimum: Int, strong: Int = 0) {
        self.minimum = minimum
        self.strong = strong
    }
}
