/// An OpenLDAP sync cookie: `rid=…,sid=…,csn=CSN;CSN…` with one CSN for each server that wrote.
///
/// In the persist phase the cookie carries only the CSN of the change at hand. Replacing the stored cookie by
/// it would lose the other servers' positions, and the next refresh would reload everything: they are merged.
struct OpenLDAPCookie: Equatable {
    /// By server id, the third field of a CSN (`time#count#sid#mod`).
    private var csns: [Substring: Substring] = [:]
    private let prefix: Substring

    /// Nil for what does not look like one.
    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let range = text.firstRange(of: "csn=") else { return nil }
        prefix = text[..<range.lowerBound]
        let list = text[range.upperBound...].prefix { $0 != "," }
        for csn in list.split(separator: ";") {
            let fields = csn.split(separator: "#", omittingEmptySubsequences: false)
            guard fields.count == 4 else { return nil }
            csns[fields[2]] = csn
        }
        guard !csns.isEmpty else { return nil }
    }

    /// A CSN compares as text: time first, all fields of fixed width.
    mutating func merge(_ newer: OpenLDAPCookie) {
        for (sid, csn) in newer.csns where csns[sid].map({ $0 < csn }) ?? true { csns[sid] = csn }
    }

    var bytes: [UInt8] {
        let list = csns.sorted { $0.key < $1.key }.map(\.value).joined(separator: ";")
        return Array("\(prefix)csn=\(list)".utf8)
    }

    /// The cookie to store after `new` arrived. One that is not understood replaces the old one.
    static func merged(_ old: [UInt8]?, _ new: [UInt8]) -> [UInt8] {
        guard let newer = OpenLDAPCookie(new) else { return new }
        guard let old, var merged = OpenLDAPCookie(old) else { return newer.bytes }
        merged.merge(newer)
        return merged.bytes
    }
}
