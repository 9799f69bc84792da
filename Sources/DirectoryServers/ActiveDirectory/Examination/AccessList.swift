import LDAPClient

/// The access list of an entry (MS-DTYP, 2.4.5 and 2.4.6), and what it grants.
struct AccessList: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        var allows: Bool
        var mask: UInt32
        /// Of the right, attribute or property set that it is about; nil for all.
        var object: [UInt8]?
        var who: [UInt8]
    }

    /// ADS_RIGHT_DS_WRITE_PROP and ADS_RIGHT_DS_CONTROL_ACCESS (MS-ADTS, 5.1.3.2).
    static let writeProperty: UInt32 = 0x20
    static let controlAccess: UInt32 = 0x100

    private static let inheritOnly: UInt8 = 0x08
    private static let listOffset = 16
    private static let headLength = 8

    /// In order, without those that are for entries below only.
    private(set) var entries: [Entry] = []

    /// Nil for what is no security descriptor in self-relative form, or has no list.
    init?(descriptor bytes: [UInt8]) {
        guard let start = Self.number(bytes, at: Self.listOffset, 4), start > 0,
            let count = Self.number(bytes, at: start + 4, 2)
        else { return nil }
        var position = start + Self.headLength
        for _ in 0..<count {
            guard let size = Self.number(bytes, at: position + 2, 2), size >= Self.headLength,
                position + size <= bytes.count
            else { return nil }
            let own = Array(bytes[position..<position + size])
            if own[1] & Self.inheritOnly == 0, let entry = Self.entry(own) { entries.append(entry) }
            position += size
        }
    }

    /// What comes first decides (MS-ADTS, 5.1.3.3).
    /// - Parameters:
    ///   - objects: GUIDs of which each stands for the right: an attribute's own, and its property set's.
    ///   - sids: of the account and of all its groups.
    func grants(_ mask: UInt32, _ objects: [[UInt8]], to sids: Set<[UInt8]>) -> Bool {
        let deciding = entries.first { entry in
            entry.mask & mask == mask && sids.contains(entry.who) && entry.object.map(objects.contains) ?? true
        }
        return deciding?.allows == true
    }

    /// ACCESS_ALLOWED_ACE, ACCESS_DENIED_ACE and their object forms (MS-DTYP, 2.4.4); nil for others.
    private static func entry(_ bytes: [UInt8]) -> Entry? {
        let kinds: [UInt8: (allows: Bool, isObject: Bool)] = [
            0: (true, false), 1: (false, false), 5: (true, true), 6: (false, true),
        ]
        guard let kind = kinds[bytes[0]], let mask = number(bytes, at: 4, 4) else { return nil }
        var position = 8
        var object: [UInt8]?
        if kind.isObject {
            guard let flags = number(bytes, at: position, 4) else { return nil }
            position += 4
            if flags & 1 != 0, position + 16 <= bytes.count {
                object = Array(bytes[position..<position + 16])
                position += 16
            }
            if flags & 2 != 0 { position += 16 }
        }
        // Revision, count and authority, then four bytes for each number.
        guard position + 8 <= bytes.count else { return nil }
        let end = position + 8 + 4 * Int(bytes[position + 1])
        guard end <= bytes.count else { return nil }
        return Entry(allows: kind.allows, mask: UInt32(mask), object: object, who: Array(bytes[position..<end]))
    }

    /// Least significant byte first.
    private static func number(_ bytes: [UInt8], at position: Int, _ count: Int) -> Int? {
        guard position >= 0, position + count <= bytes.count else { return nil }
        return bytes[position..<position + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
