/// One message of a content synchronisation (RFC 4533).
package enum SyncMessage: Sendable {
    /// An entry, or that one is present or gone.
    case entry(SyncEntry)
    /// Everything before is covered by this cookie (2.5, newcookie).
    case newCookie([UInt8])
    /// The delete phase ends (2.5, refreshDelete).
    case refreshDelete(cookie: [UInt8]?, refreshDone: Bool)
    /// The present phase ends: what was not named is gone (2.5, refreshPresent).
    case refreshPresent(cookie: [UInt8]?, refreshDone: Bool)
    /// Entries that are present, or, with `refreshDeletes`, gone (2.5, syncIdSet). Its cookie is no checkpoint.
    case idSet(cookie: [UInt8]?, refreshDeletes: Bool, ids: [SyncUUID])
    /// A continuation reference. Never followed.
    case reference
    /// The search ended with success (2.4). No cookie: the one that was sent is still right.
    case done(cookie: [UInt8]?, refreshDeletes: Bool)
}

/// An entry with its state (RFC 4533, 2.2).
package struct SyncEntry: Sendable {
    package enum State: Int, Sendable {
        /// Exists and is unchanged; no attributes.
        case present = 0
        case add = 1
        case modify = 2
        /// Is gone; no attributes.
        case delete = 3
    }

    package let state: State
    package let id: SyncUUID
    package let entry: SearchEntry
    package let cookie: [UInt8]?
}

/// The identifier of an entry in a content synchronisation, its `entryUUID` (RFC 4533, 2.1.1).
package struct SyncUUID: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    static let byteCount = 16

    init(_ bytes: ArraySlice<UInt8>) throws(BERError) {
        guard bytes.count == Self.byteCount else { throw BERError() }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Sixteen bytes, most significant first.
    package var bytes: [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
            for index in 0..<Self.byteCount {
                let word = index < 8 ? high : low
                unsafe buffer[index] = UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * (index & 7)))
            }
            count = Self.byteCount
        }
    }
}
