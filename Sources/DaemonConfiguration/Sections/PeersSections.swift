import SelfService

/// `frontends:`
enum FrontendsSection {
    private static let capabilities = [
        "sign-in", "register", "reset", "unlock", "reset-link", "disclose", "app-approval", "call-answer",
    ]

    static func read(_ value: Value, _ names: any NameService) -> [Settings.Frontend]? {
        guard let items = value.items() else { return nil }
        var seenNames: Set<String> = []
        var seenUIDs: [UInt32: String] = [:]
        return items.compactMap { item in
            guard let frontend = entry(item, names) else { return nil }
            if !seenNames.insert(frontend.name).inserted {
                item.fault("a front end named \(Quotation.of(frontend.name)) stands above already; rename one")
            }
            if let other = seenUIDs.updateValue(frontend.name, forKey: frontend.uid) {
                item.fault("has the same user as \(Quotation.of(other)); give each front end a user of its own")
            }
            return frontend
        }
    }

    private static func entry(_ value: Value, _ names: any NameService) -> Settings.Frontend? {
        guard let fields = value.fields(["name", "user", "may"]) else { return nil }
        let name = fields.required("name")?.text()
        let uid = fields.required("user").flatMap { number(of: $0, names) }
        let may = fields.required("may")?.list { $0.word(capabilities) }
        if fields["may"]?.isEmptyList == true {
            fields["may"]?.fault("allows nothing; name what it may do or remove the front end")
        }
        guard let name, let uid, let may else { return nil }
        return Settings.Frontend(name: name, uid: uid, may: Set(may))
    }

    private static func number(of value: Value, _ names: any NameService) -> UInt32? {
        guard let user = value.text() else { return nil }
        if let uid = names.uid(ofUser: user) { return uid }
        return value.wrong("there is no user \(Quotation.of(user)) on this host; create it or correct the name")
    }
}

/// `administrators:`
enum AdministratorsSection {
    private static let capabilities = AdminCapability.allCases.map(\.rawValue)
    /// The word of `over` for all people.
    private static let everybody = "everybody"

    static func read(_ value: Value, _ names: any NameService) -> [Settings.Administrator]? {
        guard let items = value.items() else { return nil }
        if items.isEmpty {
            value.fault("names nobody; remove it to leave administration to root and the socket's owner")
        }
        return items.compactMap { administrator($0, names) }
    }

    private static func administrator(_ value: Value, _ names: any NameService) -> Settings.Administrator? {
        guard let fields = value.fields(["group", "user", "may", "over"]) else { return nil }
        let may = fields.required("may")?.list { $0.word(capabilities) }
        if fields["may"]?.isEmptyList == true { fields["may"]?.fault("allows nothing; name what they may do") }
        let over = fields["over"]?.list { $0.text() } ?? [everybody]
        if fields["over"]?.isEmptyList == true {
            fields["over"]?.fault("names no role; write [everybody] or the roles' names")
        }
        if over.contains(everybody), over.count > 1 {
            fields["over"]?.fault("says everybody, and roles beside it; write [everybody], or the roles alone")
        }
        if over != [everybody] { checkNarrowed(may ?? [], fields) }
        guard let who = named(fields, value, names), let may else { return nil }
        return Settings.Administrator(
            who: who,
            may: Set(may),
            over: over.contains(everybody) ? .everybody : .roles(Set(over))
        )
    }

    /// What is not about one person cannot be held over some people.
    private static func checkNarrowed(_ may: [String], _ fields: Fields) {
        let wide = may.filter { AdminCapability(rawValue: $0)?.concernsPeople == false }
        guard !wide.isEmpty else { return }
        fields["over"]?.fault(
            "names roles, and \(wide.joined(separator: ", ")) is about everybody; give it in an entry of its own, "
                + "without over"
        )
    }

    private static func named(_ fields: Fields, _ value: Value, _ names: any NameService) -> Settings.Administrator.Who?
    {
        switch (fields["group"], fields["user"]) {
        case (let group?, nil):
            return group.text().map { .group(gid: number(names.gid(ofGroup: $0), "group", $0, group)) }
        case (nil, let user?):
            return user.text().map { .user(uid: number(names.uid(ofUser: $0), "user", $0, user)) }
        default:
            return value.wrong("expected either group or user")
        }
    }

    private static func number(_ found: UInt32?, _ kind: String, _ name: String, _ value: Value) -> UInt32 {
        if let found { return found }
        value.warn("there is no \(kind) \(Quotation.of(name)) on this host; this entry matches nobody")
        return Settings.Administrator.nobody
    }
}
