import DirectoryServers
import SelfService
import Yams

/// Reads the whole tree, section by section, and then what only several sections together tell.
struct SettingsReader {
    static let keys = [
        "directory", "users", "roles", "sync", "policies", "protected", "passwordRules", "limits", "sessions",
        "links", "frontends", "administrators", "delivery", "templates", "sockets", "state", "vault", "locale", "log",
        "audit", "demo", "alsoWrite",
    ]

    let root: Fields
    let names: any NameService

    init?(_ root: Value, names: any NameService) {
        guard let fields = root.fields(Self.keys) else { return nil }
        self.root = fields
        self.names = names
    }

    /// nil after faults.
    func read() -> Settings? {
        let isDemo = root["demo"]?.flag() ?? false
        let directory = root.required("directory").flatMap(DirectorySection.read)
        let linked = root["alsoWrite"].flatMap { AlsoWriteSection.read($0, beside: directory) } ?? []
        let people = root.required("users").flatMap(UsersSection.read)
        let policies = root.required("policies").flatMap(PolicySection.read)
        let sockets = root.required("sockets").flatMap(SocketsSection.read)
        let state = root.required("state")?.absolutePath()
        let vault = root.required("vault").flatMap(VaultSection.read)
        let protected = root["protected"].map(UsersSection.protected)
        var settings = optionalParts(isDemo: isDemo)
        if let policies {
            PolicyChecks(policies: policies, delivery: root["delivery"]).run(settings.delivery)
            ProtectedRoleChecks(policies: policies).run(protectedRoles: protected?.roles ?? [])
        }
        LinkChecks(root: root).run(settings)
        Advice(root: root).run(policies: policies ?? [], settings: settings)
        guard let directory, var users = people?.users, let policies, let sockets, let state, let vault else {
            return nil
        }
        users.protectedWhen = protected?.filter
        settings.mailNeedsPassword = people?.mailNeedsPassword ?? []
        settings.protectedRoles = protected?.roles ?? []
        settings.vaultEscrow = vault.escrow
        settings.linked = linked.map { linked in
            var linked = linked
            linked.users.protectedWhen = protected?.filter
            return linked
        }
        let applied = policies.map { read in
            var policy = read.policy.reachable(by: settings.delivery)
            policy.mailNeedsPassword = settings.mailNeedsPassword
            return policy
        }
        return settings.complete(directory, users, applied, sockets, state, vault.keys)
    }

    private func optionalParts(isDemo: Bool) -> OptionalSettings {
        var settings = OptionalSettings(isDemo: isDemo)
        settings.roles = root["roles"].flatMap(RolesSection.read)
        settings.passwordRules = root["passwordRules"].flatMap(PasswordRulesSection.read) ?? PasswordRules()
        settings.limits = root["limits"].flatMap(LimitsSection.read) ?? Limits()
        settings.lifetimes = root["sessions"].flatMap(SessionsSection.read) ?? Lifetimes()
        settings.frontends = root["frontends"].flatMap { FrontendsSection.read($0, names) } ?? []
        settings.administrators = root["administrators"].flatMap { AdministratorsSection.read($0, names) } ?? []
        settings.delivery = root["delivery"].flatMap { DeliverySection.read($0, isDemo: isDemo) } ?? [:]
        settings.logLevel = root["log"].flatMap(LogSection.level) ?? LogSection.levelDefault
        settings.locale = root["locale"].flatMap(LogSection.locale) ?? LogSection.localeDefault
        settings.sync = root["sync"].flatMap(SyncSection.read) ?? Settings.Sync()
        settings.wordings = root["templates"].flatMap(TemplatesSection.read) ?? []
        settings.auditKeptFor = root["audit"].flatMap(AuditSection.keepFor)
        settings.links = root["links"].flatMap(LinksSection.read)
        return settings
    }
}
