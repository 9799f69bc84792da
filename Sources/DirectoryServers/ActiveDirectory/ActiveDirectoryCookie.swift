/// Where a feed stands: DirSync's own cookie, and what tells whether the server is still the one that gave it.
struct ActiveDirectoryCookie: Sendable, Equatable {
    /// The server's database, until it is restored (MS-ADTS, 3.1.1.1.9).
    var invocation: [UInt8]
    /// `highestCommittedUSN` before the cookie was given. A server whose number is smaller has gone back in time.
    var changeNumber: UInt64
    var position: [UInt8]

    private static let version: UInt8 = 1
    private static let invocationLength = 16
    private static let numberLength = 8
    private static let headLength = 1 + invocationLength + numberLength

    init(invocation: [UInt8], changeNumber: UInt64, position: [UInt8]) {
        self.invocation = invocation
        self.changeNumber = changeNumber
        self.position = position
    }

    /// Nil for what is none of ours.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > Self.headLength, bytes[0] == Self.version else { return nil }
        let number = bytes[(1 + Self.invocationLength)..<Self.headLength]
        self.init(
            invocation: Array(bytes[1...Self.invocationLength]),
            changeNumber: number.reduce(0) { $0 << 8 | UInt64($1) },
            position: Array(bytes[Self.headLength...])
        )
    }

    var bytes: [UInt8] {
        let number = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: changeNumber >> UInt64($0)) }
        return [Self.version] + invocation + number + position
    }
}
