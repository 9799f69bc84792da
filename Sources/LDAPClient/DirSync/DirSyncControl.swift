/// LDAP_SERVER_DIRSYNC_OID, to and from BER (MS-ADTS, 3.1.1.3.4.1.3).
enum DirSyncControl {
    static let oid = "1.2.840.113556.1.4.841"

    /// No limit of ours; the server has one, and says when there is more.
    private static let bytesMax = 0

    static func request(flags: DirSyncFlags, cookie: [UInt8]) -> RequestControl {
        var writer = BERWriter()
        writer.constructed { value in
            value.integer(Int(Int32(bitPattern: flags.rawValue)))
            value.integer(bytesMax)
            value.octets(cookie)
        }
        return RequestControl(oid: oid, isCritical: true, value: writer.bytes)
    }

    static func response(_ value: [UInt8]) throws(BERError) -> DirSyncResponse {
        var outer = BERReader(value)
        var reader = outer.reader(within: try outer.next(BERTag.sequence))
        let more = try reader.nextInteger()
        _ = try reader.nextInteger()
        return DirSyncResponse(cookie: try reader.nextOctets(), hasMore: more != 0)
    }
}

/// How DirSync answers (MS-ADTS, 3.1.1.3.4.1.3).
package struct DirSyncFlags: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// LDAP_DIRSYNC_OBJECT_SECURITY: only what the account may see; the right to replicate is not needed then.
    package static let objectSecurity = DirSyncFlags(rawValue: 0x1)
    /// LDAP_DIRSYNC_INCREMENTAL_VALUES: of linked attributes the values that came and went.
    package static let incrementalValues = DirSyncFlags(rawValue: 0x8000_0000)
}

/// What came with the end of a DirSync search.
package struct DirSyncResponse: Sendable, Equatable {
    /// Where to go on.
    package var cookie: [UInt8]
    /// Whether the next search has something to tell at once.
    package var hasMore: Bool

    package init(cookie: [UInt8], hasMore: Bool) {
        self.cookie = cookie
        self.hasMore = hasMore
    }
}
