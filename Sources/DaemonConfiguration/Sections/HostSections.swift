import Foundation

/// `sockets:`
enum SocketsSection {
    static func read(_ value: Value) -> Settings.Sockets? {
        guard let fields = value.fields(["frontend", "admin"]) else { return nil }
        let frontend = fields.required("frontend")?.socketPath()
        let admin = fields.required("admin")?.socketPath()
        guard let frontend, let admin else { return nil }
        if frontend == admin { fields["admin"]?.fault("is the front ends' socket too; give each a path of its own") }
        return Settings.Sockets(frontend: frontend, admin: admin)
    }
}

/// `vault:`
enum VaultSection {
    /// Keys at once: the one that writes, and those that a rotation is leaving.
    static let keysMax = 8

    /// Hexadecimal digits of a key's id.
    private static let idLength = 16

    static func read(_ value: Value) -> (keys: [SecretReference], escrow: String?)? {
        guard let fields = value.fields(["key", "escrow"]), let key = fields.required("key") else { return nil }
        let escrow = fields["escrow"].flatMap(id)
        return keys(key).map { ($0, escrow) }
    }

    private static func id(_ value: Value) -> String? {
        guard let text = value.text()?.lowercased() else { return nil }
        guard text.utf8.count == idLength, text.allSatisfy(\.isHexDigit) else {
            return value.wrong("expected the id of a key that was read back: latchkeyd --key-id FILE")
        }
        return text
    }

    private static func keys(_ key: Value) -> [SecretReference]? {
        guard key.isList, let items = key.items() else { return key.secret().map { [$0] } }
        guard !items.isEmpty else { return key.wrong("names no key") }
        guard items.count <= keysMax else { return key.wrong("names more than \(keysMax) keys; keep those in use") }
        let keys = items.compactMap { $0.secret() }
        guard keys.count == items.count else { return nil }
        for (index, key) in keys.enumerated() where keys[..<index].contains(key) {
            return items[index].wrong("names a key that the list names already")
        }
        return keys
    }
}

/// `log:` and `locale:`
enum AuditSection {
    /// An attack is often found late: less than a month of records is a mistake.
    private static let kept: ClosedRange<TimeInterval> = 30 * 86400...100 * 365 * 86400

    static func keepFor(_ value: Value) -> TimeInterval? {
        value.fields(["keepFor"])?["keepFor"]?.span(in: kept)
    }
}

enum LogSection {
    static let levels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]
    static let levelDefault = "info"
    static let localeDefault = "en"

    static func level(_ value: Value) -> String? {
        value.fields(["level"])?["level"]?.word(levels)
    }

    /// A language tag (RFC 5646) in its simple form.
    static func locale(_ value: Value) -> String? {
        guard let text = value.text() else { return nil }
        guard LanguageTag.isSimple(text) else {
            return value.wrong("expected a language such as en or pt-BR, found \(Quotation.of(text))")
        }
        return text
    }
}

/// A language tag (RFC 5646) of letters only: language, script, region.
enum LanguageTag {
    static func isSimple(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.allSatisfy { (2...8).contains($0.count) && $0.allSatisfy { $0.isASCII && $0.isLetter } }
    }
}
