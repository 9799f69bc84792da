import DirectoryServers
import Foundation
import SelfService

/// What has a default, while the required parts are not known yet.
struct OptionalSettings {
    var isDemo: Bool
    var roles: RoleMapping?
    var linked: [LinkedSettings] = []
    var protectedRoles: [String] = []
    var passwordRules = PasswordRules()
    var limits = Limits()
    var lifetimes = Lifetimes()
    var frontends: [Settings.Frontend] = []
    var administrators: [Settings.Administrator] = []
    var delivery: [Channel: Settings.Transport] = [:]
    var logLevel = LogSection.levelDefault
    var locale = LogSection.localeDefault
    var mailNeedsPassword: [String] = []
    var sync = Settings.Sync()
    var links: LinkRules?
    var auditKeptFor: TimeInterval?
    var wordings: [Wording] = []
    var vaultEscrow: String?

    init(isDemo: Bool) { self.isDemo = isDemo }

    func complete(
        _ directory: Settings.Directory,
        _ users: UserMapping,
        _ policies: [Policy],
        _ sockets: Settings.Sockets,
        _ state: String,
        _ vaultKeys: [SecretReference]
    ) -> Settings {
        Settings(
            directory: directory,
            linked: linked,
            users: users,
            roles: roles,
            policies: policies,
            protectedRoles: protectedRoles,
            passwordRules: passwordRules,
            limits: limits,
            lifetimes: lifetimes,
            frontends: frontends,
            administrators: administrators,
            delivery: delivery,
            sockets: sockets,
            state: state,
            vaultKeys: vaultKeys,
            vaultEscrow: vaultEscrow,
            logLevel: logLevel,
            isDemo: isDemo,
            mailNeedsPassword: mailNeedsPassword,
            sync: sync,
            links: links,
            auditKeptFor: auditKeptFor,
            locale: locale,
            wordings: wordings
        )
    }
}
