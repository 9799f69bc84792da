import Foundation
import LDAPClient

/// GUIDs that access lists name, and where the domain has what else they need.
struct ActiveDirectorySchema {
    /// User-Force-Change-Password, the right "Reset Password" (MS-ADTS, 5.1.3.2.1).
    static let resetPassword = wire("00299570-246d-11d0-a768-00aa006e0529")
    /// DS-Replication-Get-Changes.
    static let replicate = "1131f6aa-9c07-11d1-f79f-00c04fc2dcd2"
    /// The class user (MS-ADSC), as access lists for what is inherited name it.
    static let user = "bf967aba-0de6-11d0-a285-00aa003049e2"
    static let resetPasswordText = "00299570-246d-11d0-a768-00aa006e0529"

    let connection: LDAPConnection

    /// Of the attribute itself, and of its property set; empty where the schema cannot be read.
    func guids(of attribute: AttributeName) async -> [[UInt8]] {
        let schema: AttributeName = "schemaNamingContext"
        let (own, set): (AttributeName, AttributeName) = ("schemaIDGUID", "attributeSecurityGUID")
        guard let name = try? await connection.entry(.root, attributes: [schema])?.string(schema),
            let base = try? DistinguishedName(name)
        else { return [] }
        let request = SearchRequest(
            base: base,
            scope: .oneLevel,
            filter: .equal("lDAPDisplayName", attribute.text),
            attributes: [own, set]
        )
        let found = (try? await connection.search(request)) ?? []
        return found.flatMap { $0.octets(own) + $0.octets(set) }
    }

    static func wire(_ text: String) -> [UInt8] {
        let digits = Array(text.utf8.filter { $0 != UInt8(ascii: "-") })
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
        }
        return ObjectGUID(bytes: bytes)?.wire ?? []
    }

    static func text(_ wire: [UInt8]) -> String {
        let digits = (ObjectGUID(wire: wire)?.bytes ?? []).map { byte in
            [byte >> 4, byte & 15].map { String($0, radix: 16) }.joined()
        }
        return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { range in
            digits.indices.contains(range.upperBound - 1) ? digits[range].joined() : ""
        }
        .joined(separator: "-")
    }
}

extension SecurityIdentifier {
    /// S-1-… (MS-DTYP, 2.4.2.1).
    var text: String {
        let authority = bytes[2..<8].reduce(0) { $0 << 8 | UInt64($1) }
        let numbers = stride(from: 8, through: bytes.count - 4, by: 4).map { start in
            bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        return (["S", "\(bytes[0])", "\(authority)"] + numbers.map(String.init)).joined(separator: "-")
    }

    /// SELF, Everyone and Authenticated Users: whoever has signed in, on the own entry.
    static let people: Set<[UInt8]> = [
        [1, 1, 0, 0, 0, 0, 0, 5, 10, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
        [1, 1, 0, 0, 0, 0, 0, 5, 11, 0, 0, 0],
    ]
}
