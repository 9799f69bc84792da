private typealias Admin = Routes.Admin

extension Operation {
    /// The operations of the admin socket.
    package static var administration: [Operation] {
        health
            + [
                document(Routes.openAPI, "getOpenAPI"), document(Admin.openAPI, "getAdminOpenAPI"), metrics,
            ]
            + synchronization + feed + quarantine + people + reports + methods + help + passesAndLimits + freezes
            + approvals + policies + vault + personalData + audit + reloads
    }

    private static var metrics: Operation {
        Operation(
            "GET",
            Routes.metrics,
            "getMetrics",
            .status,
            "Metrics in the Prometheus text format, version 0.0.4.",
            .text("text/plain", "One metric a line.")
        ) { $0.capabilities = ["look-up"] }
    }

    /// With a capability.
    mutating func needs(_ capability: String, _ problems: ProblemType..., parameters: Parameter...) {
        capabilities = [capability]
        self.parameters = parameters
        self.problems = problems
    }

    /// About one person, live: whom the administrator may ask about, the service knows.
    mutating func concernsPerson(_ capability: String, _ problems: ProblemType...) {
        capabilities = [capability]
        self.problems = problems + [.notFound, .notReady, .mirrorUnavailable] + .services
    }

    /// Does something to one person, with a reason.
    mutating func changesPerson(
        _ capability: String,
        _ body: NamedSchema = .reasonRequest,
        _ problems: ProblemType...,
        example: JSONValue = ["reason": "called the helpdesk, verified by phone"]
    ) {
        concernsPerson(capability)
        self.problems += problems + [.invalidValue, .conflict]
        takes(body, example: example)
        if !answers.contains(where: { $0.status == 202 }) { answers.append(.pending) }
    }

    /// A page of a listing.
    mutating func lists(_ capability: String, _ problems: ProblemType..., parameters: Parameter...) {
        capabilities = [capability]
        self.parameters = [.limit, .cursor] + parameters
        self.problems = problems + [.invalidValue, .notReady, .mirrorUnavailable, .vaultUnavailable]
    }
}
