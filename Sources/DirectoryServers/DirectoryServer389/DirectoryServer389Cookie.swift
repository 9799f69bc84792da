/// A cookie of 389 Directory Server: `host:port#bind name:base:filter#change number`.
struct DirectoryServer389Cookie: Equatable {
    let changeNumber: Int

    /// Nil for what does not look like one.
    init?(_ bytes: [UInt8]) {
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count >= 3, let last = parts.last, let number = Int(last), number >= 0 else { return nil }
        changeNumber = number
    }
}
