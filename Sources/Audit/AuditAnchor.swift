/// Where the chain ended at some time. Kept outside of the vault, it shows that nothing before was cut off or replaced,
/// also by whoever has the vault's key. It tells nothing of any record.
package struct AuditAnchor: Sendable, Equatable, CustomStringConvertible {
    package var sequence: Int64
    /// The link of that record: 32 bytes.
    package var link: [UInt8]

    package init(sequence: Int64, link: [UInt8]) {
        self.sequence = sequence
        self.link = link
    }

    /// - Parameter text: as ``description`` gives it. Nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int64(parts[0]), sequence > 0, parts[1].utf8.count == 64 else {
            return nil
        }
        let digits = parts[1].compactMap(\.hexDigitValue)
        guard digits.count == 64 else { return nil }
        self.sequence = sequence
        link = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }

    package var description: String {
        let digits = link.flatMap { [$0 >> 4, $0 & 15] }.map { String($0, radix: 16) }.joined()
        return "\(sequence):\(digits)"
    }
}

/// What an anchor says of the chain as it is now.
package enum AnchorFinding: String, Sendable, Codable {
    /// The record is the one that was there.
    case holds
    /// Another record stands there, or none: what was there was replaced or cut off.
    case broken
    /// Records up to there were deleted as the configuration says; nothing can be told.
    case tooOld = "too-old"
}
