extension Operation {
    /// The operations of the front-end socket.
    package static var frontend: [Operation] {
        health + [document(Routes.openAPI, "getOpenAPI")] + signIn + registration + registrationChallenges + resets
            + resetChallenges + mailed + remoteAnswers
    }

    /// Open to everybody who can connect.
    static var health: [Operation] {
        [
            Operation("GET", Routes.health, "getHealth", .service, "Whether the daemon runs.", .ok(.health)) {
                $0.isOpen = true
            },
            Operation(
                "GET",
                Routes.ready,
                "getReadiness",
                .service,
                "Whether there is a complete copy of the directory.",
                .ok(.health)
            ) {
                $0.isOpen = true
                $0.problems = [.notReady]
            },
        ]
    }

    static func document(_ path: String, _ id: String) -> Operation {
        Operation("GET", path, id, .service, "This document. Each socket describes itself.", .ok(.openAPI))
    }
}

extension [ProblemType] {
    /// Whatever asks the directory and the vault.
    static var services: [ProblemType] { [.directoryUnavailable, .vaultUnavailable] }
}

extension Operation {
    /// Of a person who registers: with the token of a sign-in.
    mutating func registers(_ problems: ProblemType..., parameters: Parameter...) {
        capabilities = ["register"]
        needsToken = true
        self.parameters = parameters + [.clientAddress]
        self.problems = problems + .services
    }

    /// Of a person who resets or unlocks: with the token of a reset.
    mutating func resets(_ capabilities: [String], _ problems: ProblemType..., parameters: Parameter...) {
        self.capabilities = capabilities
        needsToken = true
        self.parameters = parameters + [.clientAddress]
        self.problems = problems + .services
    }

    /// Without a token.
    mutating func calls(_ capabilities: [String], _ problems: ProblemType..., parameters: Parameter...) {
        self.capabilities = capabilities
        self.parameters = parameters + [.clientAddress]
        self.problems = problems + .services
    }
}
