import DaemonConfiguration
import Delivery
import Identity
import SelfService

extension DeliveryWays {
    /// - Throws: ``StartError`` when a secret cannot be read or an address cannot be used.
    init(_ settings: Settings, _ people: any PeopleDirectory, environment: [String: String]) throws {
        let composer = MessageComposer(settings, people)
        self.init(
            transport: try ChannelTransports(settings.delivery, environment: environment),
            budgets: settings.limits.budgets,
            words: { await composer.compose($0) }
        )
    }
}

extension ChannelTransports {
    /// - Throws: ``StartError`` when a secret cannot be read or an address cannot be used.
    init(_ delivery: [Channel: Settings.Transport], environment: [String: String]) throws {
        self.init(
            Dictionary(
                uniqueKeysWithValues: try delivery.map { channel, transport in
                    let path = "delivery.\(channel.rawValue)"
                    return (channel, try Self.transport(transport, path, environment))
                }
            )
        )
    }

    private static func transport(
        _ transport: Settings.Transport,
        _ path: String,
        _ environment: [String: String]
    ) throws -> any MessageTransport {
        switch transport {
        case .spool(let directory): SpoolTransport(directory: directory)
        case .smtp(let mail): SMTPTransport(try SMTPSettings(mail, environment: environment))
        case .http(let gateway): HTTPTransport(try HTTPSettings(gateway, path, environment: environment))
        case .command(let program): CommandTransport(program.command, timeout: .seconds(program.timeout))
        }
    }
}

extension HTTPSettings {
    init(_ gateway: Settings.Gateway, _ path: String, environment: [String: String]) throws {
        let token = try gateway.token?.resolved("\(path).token", environment)
        self.init(
            url: gateway.url,
            token: token.map { String(decoding: $0, as: UTF8.self) },
            certificateAuthorities: gateway.certificateAuthorities,
            totalTimeout: .seconds(gateway.timeout)
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

extension MessageComposer {
    /// A mirror that does not answer holds no message up: then it is said in the configured language.
    init(_ settings: Settings, _ people: any PeopleDirectory) {
        self.init(Phrasebook(settings.wordings, locale: settings.locale)) { id in
            guard let person = try? await people.person(id: id), let language = person.language, !language.isEmpty
            else { return nil }
            return language
        }
    }
}
