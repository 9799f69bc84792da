/// What a test wants to be different in the configuration of its daemon.
package struct DaemonOptions: Sendable {
    /// `directory.servers`; nil for the slapd's loopback port.
    package var server: String?
    /// Members of `users`, one a line, instead of `base` and `filter`.
    package var users: String?
    /// Members of `roles`, one a line, instead of `base` and `filter`.
    package var roles: String?
    /// The list below `policies`.
    package var policies = Self.twoPolicies
    /// Members of `passwordRules`, one a line.
    package var passwordRules = "minimumLength: 12"
    /// Members of `delivery`, one a line, instead of a spool for each channel.
    package var delivery: String?
    /// What `alsoWrite` names.
    package var linked: [DaemonDirectory.Linked] = []
    /// Whole sections, such as `protected: …`, one a line.
    package var sections = ""
    /// Who the front end is; by default who runs the tests.
    package var frontendUser: String?
    /// What the front end may do.
    package var may = "sign-in, register, reset, unlock"
    /// Variables of the daemon's environment, beside those of this process.
    package var environment: [String: String] = [:]

    package init() {}

    /// The options, changed.
    package static func with(_ change: (inout DaemonOptions) -> Void) -> DaemonOptions {
        var options = DaemonOptions()
        change(&options)
        return options
    }

    /// Staff register two methods and prove both for a reset; everybody else one.
    package static let twoPolicies = """
          - name: staff
            roles: [staff]
            methods: [email, mobile-phone]
            register: { minimum: 2, strong: 1 }
            reset: { gates: 2 }
            unlock: { gates: 1 }
          - name: everybody
            methods: [email, mobile-phone]
            register: { minimum: 1 }
            reset: { gates: 1 }
        """
}
