import DaemonConfiguration
import Delivery
import SelfService

extension ChannelTransports {
    /// - Throws: ``StartError`` when a secret cannot be read or an address cannot be used.
    init(_ delivery: [Channel: Settings.Transport], environment: [String: String]) throws {
        self.init(
            try delivery.mapValues { transport -> any MessageTransport in
                switch transport {
                case .spool(let directory): SpoolTransport(directory: directory)
                case .smtp(let mail): SMTPTransport(try SMTPSettings(mail, environment: environment))
                }
            }
        )
    }
}

extension SMTPSettings {
    init(_ mail: Settings.Mail, environment: [String: String]) throws {
        guard let server = SMTPServer(mail.server) else {
            throw StartError.configuration("delivery.email.server: expected host:port")
        }
        guard let from = MailAddress(mail.from) else {
            throw StartError.configuration("delivery.email.from: expected an address or `Name <address>`")
        }
        let credentials = try mail.user.map { user in
            let secret = try mail.password?.resolved("delivery.email.password", environment) ?? []
            return Credentials(user: user, password: String(decoding: secret, as: UTF8.self))
        }
        self.init(
            server: server,
            tls: TLS(rawValue: mail.tls.rawValue) ?? .required,
            certificateAuthorities: mail.certificateAuthorities,
            credentials: credentials,
            from: from
        )
    }
}
