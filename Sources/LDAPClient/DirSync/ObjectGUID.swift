/// The identifier of an entry in Active Directory. On the wire its first three fields have the least significant
/// byte first (MS-DTYP, 2.3.4.2), while every text of a GUID writes them the other way round.
package struct ObjectGUID: Sendable, Hashable {
    /// As on the wire: what a filter is made of.
    package let wire: [UInt8]

    private static let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]

    /// Nil unless there are sixteen bytes.
    package init?(wire: [UInt8]) {
        guard wire.count == Self.order.count else { return nil }
        self.wire = wire
    }

    /// As the text form has them. Nil unless there are sixteen.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.order.count else { return nil }
        // The order is its own reverse.
        wire = Self.order.map { bytes[$0] }
    }

    /// In the order in which the text form has them.
    package var bytes: [UInt8] { Self.order.map { wire[$0] } }
}

extension SearchEntry {
    /// `objectGUID`, where it was asked for.
    package var objectGUID: ObjectGUID? { octets("objectGUID").first.flatMap { ObjectGUID(wire: $0) } }
}

extension DistinguishedName {
    /// The entry with this GUID, whatever it is called now (MS-ADTS, 3.1.1.3.1.2.4).
    package static func objectGUID(_ guid: ObjectGUID) -> DistinguishedName {
        let text = guid.wire.map { byte in [byte >> 4, byte & 15].map { String($0, radix: 16) }.joined() }.joined()
        return DistinguishedName(alternative: "<GUID=\(text)>")
    }
}
