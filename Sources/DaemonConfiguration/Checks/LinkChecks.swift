import SelfService

/// What links need: a page of the configuration, since no request may say where they lead, and mail.
struct LinkChecks {
    let root: Fields

    func run(_ settings: OptionalSettings) {
        let sendsLinks = settings.frontends.contains { $0.may.contains("reset-link") }
        if sendsLinks, root["links"] == nil {
            root["frontends"]?.fault(
                "reset-link needs links: { baseURL: \"https://…\" }: where a link leads is never taken from a request"
            )
        }
        if let links = root["links"], settings.links != nil, settings.delivery[.email] == nil,
            root["delivery"]?.holds("email") != true
        {
            links.fault("needs delivery.email, by which links go out; add it or remove this")
        }
    }
}
