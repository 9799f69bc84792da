import SelfService

/// `delivery:`
enum DeliverySection {
    static func read(_ value: Value, isDemo: Bool) -> [Channel: Settings.Transport]? {
        guard let fields = value.fields(["email", "text", "voice", "notification"]) else { return nil }
        var transports: [Channel: Settings.Transport] = [:]
        transports[.email] = fields["email"].flatMap { transport($0, ["smtp", "spool"], [], isDemo) }
        for channel in [Channel.text, .voice, .notification] {
            transports[channel] = fields[channel.rawValue].flatMap {
                transport($0, ["spool"], ["http", "command"], isDemo)
            }
        }
        return transports
    }

    private static let smtpKeys = ["transport", "server", "tls", "from", "user", "password", "ca"]
    private static let spoolKeys = ["transport", "directory"]

    private static func transport(
        _ value: Value,
        _ words: [String],
        _ later: [String],
        _ isDemo: Bool
    ) -> Settings.Transport? {
        guard let word = value.member("transport") else {
            return value.wrong("needs { transport: \(words.joined(separator: " or ")), … }")
        }
        switch word.word(words, later: later) {
        case "smtp": return value.fields(smtpKeys).flatMap(mail).map { .smtp($0) }
        case "spool": return spool(value, word, isDemo)
        default: return nil
        }
    }

    private static func spool(_ value: Value, _ word: Value, _ isDemo: Bool) -> Settings.Transport? {
        if !isDemo {
            word.fault(
                "spool writes codes in clear into a folder, for demos and tests: use another transport, "
                    + "or 'demo: true' at the top of the file"
            )
        }
        return value.fields(spoolKeys)?.required("directory")?.absolutePath().map { .spool(directory: $0) }
    }

    private static func mail(_ fields: Fields) -> Settings.Mail? {
        let server = fields.required("server").flatMap(endpoint)
        let from = fields.required("from").flatMap(sender)
        let tls = fields["tls"]?.word(Settings.Mail.TLS.allCases.map(\.rawValue)).flatMap {
            Settings.Mail.TLS(rawValue: $0)
        }
        let user = fields["user"]?.text()
        let password = fields["password"]?.secret()
        if (fields["user"] == nil) != (fields["password"] == nil) {
            fields.owner.fault("user and password stand together, or neither does")
        }
        let authorities = fields["ca"]?.absolutePath()
        guard let server, let from else { return nil }
        return Settings.Mail(
            server: server,
            tls: tls ?? .auto,
            from: from,
            user: user,
            password: password,
            certificateAuthorities: authorities
        )
    }

    private static func endpoint(_ value: Value) -> String? {
        guard let text = value.text() else { return nil }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0,
            colon > text.startIndex, !text.contains(where: { "/ @?#".contains($0) })
        else { return value.wrong("expected host:port, such as 127.0.0.1:25, found \(Quotation.of(text))") }
        return text
    }

    private static func sender(_ value: Value) -> String? {
        guard let text = value.text() else { return nil }
        let address = text.hasSuffix(">") ? text.dropLast().split(separator: "<").last.map(String.init) ?? "" : text
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !address.contains(" ") else {
            return value.wrong("expected an address such as \"Latchkey <no-reply@example.org>\"")
        }
        return text
    }
}
