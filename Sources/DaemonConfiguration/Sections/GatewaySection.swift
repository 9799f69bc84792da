import Foundation

/// `{ transport: http, … }` and `{ transport: command, … }`
enum GatewaySection {
    private static let gatewayKeys = ["transport", "url", "token", "ca", "timeout"]
    private static let programKeys = ["transport", "command", "timeout"]
    /// A code lives ten minutes: a transport that takes longer than two has lost it for the person.
    private static let timeouts: ClosedRange<TimeInterval> = 1...120

    static func gateway(_ value: Value) -> Settings.Gateway? {
        guard let fields = value.fields(gatewayKeys) else { return nil }
        let url = fields.required("url").flatMap(address)
        let token = fields["token"]?.secret()
        let authorities = fields["ca"]?.absolutePath()
        let timeout = fields["timeout"]?.span(in: timeouts) ?? Settings.Gateway.timeoutDefault
        guard let url else { return nil }
        return Settings.Gateway(url: url, token: token, certificateAuthorities: authorities, timeout: timeout)
    }

    /// Codes and numbers travel with each message, and the token.
    private static func address(_ value: Value) -> String? {
        guard let text = value.text() else { return nil }
        guard
            let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            let scheme = parts.scheme?.lowercased(), ["https", "http"].contains(scheme)
        else { return value.wrong("expected a URL such as https://gateway.example.org/text") }
        guard scheme == "https" || Loopback.contains(host) else {
            return value.wrong("must begin with https://, since codes travel with it (http only to this host)")
        }
        guard parts.user == nil, parts.password == nil else {
            return value.wrong(
                "must not have a user or a password; the token stands in a file: token: \"credential:NAME\""
            )
        }
        guard parts.fragment == nil else { return value.wrong("must not have a fragment, which no server would see") }
        return text
    }

    static func program(_ value: Value) -> Settings.Program? {
        guard let fields = value.fields(programKeys) else { return nil }
        let timeout = fields["timeout"]?.span(in: timeouts) ?? Settings.Gateway.timeoutDefault
        guard let command = fields.required("command"), let items = command.items() else { return nil }
        guard let path = items.first else { return command.wrong("names no program; write [/path/to/program]") }
        guard path.absolutePath() != nil else { return nil }
        let words = items.compactMap { $0.text() }
        guard words.count == items.count else { return nil }
        return Settings.Program(command: words, timeout: timeout)
    }
}
