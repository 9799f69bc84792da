/// `{ transport: smtp, … }`
enum MailTransportSection {
    private static let keys = ["transport", "server", "tls", "from", "user", "password", "ca"]

    static func read(_ value: Value) -> Settings.Mail? {
        guard let fields = value.fields(keys) else { return nil }
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
        if password != nil, [.auto, .off].contains(tls ?? .auto), !isHere(server) {
            fields.owner.fault(
                "would send the password in clear to whoever pretends that the server has no TLS; "
                    + "write tls: required, or implicit for port 465"
            )
        }
        return Settings.Mail(
            server: server,
            tls: tls ?? .auto,
            from: from,
            user: user,
            password: password,
            certificateAuthorities: authorities
        )
    }

    /// - Parameter server: `host:port`
    private static func isHere(_ server: String) -> Bool {
        Loopback.contains(server.lastIndex(of: ":").map { String(server[..<$0]) } ?? server)
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
