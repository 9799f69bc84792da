import DirectoryServers
import LDAPClient

/// `users:` and `protected:`
enum UsersSection {
    static func read(_ value: Value) -> (users: UserMapping, mailNeedsPassword: [String])? {
        let keys = ["base", "filter", "attributes", "disabledWhen", "mailNeedsPassword"]
        guard let fields = value.fields(keys) else { return nil }
        let mail = fields["mailNeedsPassword"]?.list(domain) ?? []
        return mapping(fields, login: "uid").map { ($0, mail) }
    }

    /// `users:` of a directory that is written after the mirrored one.
    /// - Parameter login: the attribute that is the login where nothing else is said.
    static func linked(_ value: Value, login: AttributeName) -> UserMapping? {
        value.fields(["base", "filter", "attributes", "disabledWhen"]).flatMap { mapping($0, login: login) }
    }

    private static func mapping(_ fields: Fields, login: AttributeName) -> UserMapping? {
        let base = fields.required("base")?.distinguishedName()
        let disabled = fields["disabledWhen"]?.filter()
        let filter = fields["filter"].map { $0.filter() } ?? .present("objectClass")
        guard let base, let filter else { return nil }
        var users = UserMapping(base: base, filter: filter, login: login, disabledWhen: disabled)
        if let value = fields["attributes"] { attributes(value, into: &users) }
        return users
    }

    private static func attributes(_ value: Value, into users: inout UserMapping) {
        let paths: [(String, WritableKeyPath<UserMapping, AttributeName>)] = [
            ("login", \.login), ("displayName", \.displayName), ("email", \.email),
            ("officePhone", \.officePhone), ("mobilePhone", \.mobilePhone), ("language", \.language),
        ]
        guard let fields = value.fields(paths.map(\.0)) else { return }
        for (key, path) in paths {
            if let name = fields[key]?.attribute() { users[keyPath: path] = name }
        }
    }

    private static func domain(_ value: Value) -> String? {
        guard let text = value.text() else { return nil }
        guard !text.contains("@"), !text.contains(" "), text.contains(".") else {
            return value.wrong("expected a mail domain such as example.org, found \(Quotation.of(text))")
        }
        return text.lowercased()
    }

    /// `protected:`: role names, and a filter for the people.
    static func protected(_ value: Value) -> (roles: [String], filter: Filter?) {
        guard let fields = value.fields(["roles", "filter"]) else { return ([], nil) }
        return (fields["roles"]?.list { $0.text() } ?? [], fields["filter"]?.filter())
    }
}

/// `roles:`
enum RolesSection {
    static func read(_ value: Value) -> RoleMapping? {
        guard let fields = value.fields(["base", "filter", "attributes"]) else { return nil }
        let base = fields.required("base")?.distinguishedName()
        let names = fields["attributes"]?.fields(["name", "member"])
        let name = names?["name"]?.attribute() ?? "cn"
        let member = names?["member"]?.attribute() ?? "member"
        let kind = member == "memberUid" ? "posixGroup" : "groupOfNames"
        let filter = fields["filter"].map { $0.filter() } ?? Filter.equal("objectClass", kind)
        guard let base, let filter else { return nil }
        return RoleMapping(base: base, filter: filter, name: name, member: member)
    }
}
