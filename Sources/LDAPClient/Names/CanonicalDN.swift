import Foundation

/// The canonical form of the parts of a distinguished name.
///
/// Values are compared as `caseIgnoreMatch` does (RFC 4518): compatibility composition, lower case, no space at
/// the edges, one space inside. The few case-sensitive naming attributes are folded as well, which is what every
/// server does when it compares names of entries that can exist.
enum CanonicalDN {
    static func relativeName(_ pairs: [DNPair]) -> String {
        guard pairs.count > 1 else { return pairs.first.map(text) ?? "" }
        return pairs.map(text).sorted().joined(separator: "+")
    }

    private static func text(_ pair: DNPair) -> String {
        type(pair.type) + "=" + value(pair.value)
    }

    private static func type(_ name: String) -> String {
        var folded = name.lowercased()
        if folded.hasPrefix("oid.") { folded.removeFirst(4) }
        return aliases[folded] ?? folded
    }

    private static func value(_ bytes: [UInt8]) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            var escaped: [UInt8] = []
            for byte in bytes { Hexadecimal.escape(byte, into: &escaped) }
            return String(decoding: escaped, as: UTF8.self)
        }
        let folded = text.precomposedStringWithCompatibilityMapping.lowercased().precomposedStringWithCanonicalMapping
        let words = folded.split(separator: " ", omittingEmptySubsequences: true)
        return DNEscaping.escape(words.joined(separator: " "))
    }

    /// Other names of the types that RFC 4514, 3 lists, and of `uid`.
    private static let aliases = [
        "2.5.4.3": "cn", "commonname": "cn", "2.5.4.7": "l", "localityname": "l", "2.5.4.8": "st",
        "stateorprovincename": "st", "2.5.4.10": "o", "organizationname": "o", "2.5.4.11": "ou",
        "organizationalunitname": "ou", "2.5.4.6": "c", "countryname": "c", "2.5.4.9": "street",
        "streetaddress": "street", "0.9.2342.19200300.100.1.25": "dc", "domaincomponent": "dc",
        "0.9.2342.19200300.100.1.1": "uid", "userid": "uid", "2.5.4.4": "sn", "surname": "sn",
    ]
}
