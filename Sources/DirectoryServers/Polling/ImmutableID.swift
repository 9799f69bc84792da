import Identity
import LDAPClient
import Synchronizer

/// The attribute that bears the immutable id of an entry.
struct ImmutableID: Sendable, Hashable {
    let attribute: AttributeName

    static let candidates: [AttributeName] = ["entryUUID", "nsUniqueId", "objectGUID", "ipaUniqueID"]

    /// What a product is known to have; otherwise the first of the candidates that the base of the people has.
    static func detect(
        _ product: DirectoryProduct,
        _ base: DistinguishedName,
        on connection: LDAPConnection
    ) async throws -> ImmutableID {
        switch product {
        case .openLDAP: return ImmutableID(attribute: "entryUUID")
        case .directoryServer389: return ImmutableID(attribute: "nsUniqueId")
        case .activeDirectory: return ImmutableID(attribute: "objectGUID")
        case .other: break
        }
        let entry = try await connection.entry(base, attributes: candidates)
        guard let found = candidates.first(where: { entry?.has($0) ?? false }) else {
            throw FeedError(
                .unsupported,
                server: connection.server.uri,
                detail: "\(base) shows no immutable id (\(candidates.map(\.text).joined(separator: ", "))); "
                    + "let the service account read one of them"
            )
        }
        return ImmutableID(attribute: found)
    }

    /// Sixteen bytes, or their hexadecimal digits.
    func id(of entry: SearchEntry) -> EntryID? {
        guard let value = entry.octets(attribute).first else { return nil }
        return value.count == EntryID.byteCount
            ? EntryID(bytes: value) : EntryID(String(decoding: value, as: UTF8.self))
    }

    /// Finds one of the entries with these ids.
    func filter(_ ids: some Sequence<EntryID>) -> Filter {
        .or(
            ids.map { id in
                switch attribute {
                case "objectGUID": .equal(attribute, octets: id.bytes)
                case "nsUniqueId": .equal(attribute, DirectoryServer389EntryReader.text(id))
                default: .equal(attribute, "\(id)")
                }
            }
        )
    }
}
