/// A SID in the form in which the directory stores it (MS-DTYP, 2.4.2.2). The last number of a group's is what
/// `primaryGroupID` of its members names.
struct SecurityIdentifier: Sendable, Hashable {
    let bytes: [UInt8]

    private static let numberLength = 4
    /// Revision, count and authority.
    private static let headLength = 8

    /// Nil for what is too short to have a last number.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.headLength + Self.numberLength else { return nil }
        self.bytes = bytes
    }

    /// The last number.
    var relative: UInt32 {
        bytes.suffix(Self.numberLength).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Another one of the same domain.
    func sibling(_ relative: UInt32) -> SecurityIdentifier? {
        let number = stride(from: 0, through: 24, by: 8).map { UInt8(truncatingIfNeeded: relative >> UInt32($0)) }
        return SecurityIdentifier(bytes.dropLast(Self.numberLength) + number)
    }
}
