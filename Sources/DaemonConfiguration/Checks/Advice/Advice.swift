import SelfService

/// Warnings: what works, but is less than the standards or common sense ask for. A file per subject.
struct Advice {
    let root: Fields

    func run(policies: [PolicySection.Located], settings: OptionalSettings) {
        ReachAdvice(policies: policies).run()
        for located in policies {
            GateAdvice(located: located).run()
            RegistrationAdvice(located: located).run()
        }
        PasswordAdvice(place: root["passwordRules"] ?? root.owner).run(settings.passwordRules)
        CodeAdvice(place: root["sessions"] ?? root.owner).run(settings.lifetimes, policies.map(\.policy))
        DeliveryAdvice(delivery: root["delivery"]).run(settings.delivery, settings.limits.budgets)
        FrontendAdvice(root: root).run(settings.frontends)
    }
}
