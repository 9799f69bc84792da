import SelfService

/// `delivery:`
enum DeliverySection {
    static func read(_ value: Value, isDemo: Bool) -> [Channel: Settings.Transport]? {
        guard let fields = value.fields(Channel.allCases.map(\.rawValue)) else { return nil }
        var transports: [Channel: Settings.Transport] = [:]
        for channel in Channel.allCases {
            let words = (channel == .email ? ["smtp"] : []) + ["http", "command", "spool"]
            transports[channel] = fields[channel.rawValue].flatMap { transport($0, words, isDemo) }
        }
        return transports
    }

    private static let spoolKeys = ["transport", "directory"]

    private static func transport(_ value: Value, _ words: [String], _ isDemo: Bool) -> Settings.Transport? {
        guard let word = value.member("transport") else {
            return value.wrong("needs { transport: \(words.joined(separator: " or ")), … }")
        }
        switch word.word(words) {
        case "smtp": return MailTransportSection.read(value).map { .smtp($0) }
        case "http": return GatewaySection.gateway(value).map { .http($0) }
        case "command": return GatewaySection.program(value).map { .command($0) }
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
}
