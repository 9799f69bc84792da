import Crypto
package import Foundation

/// Time-based one-time passwords (RFC 6238) as every app knows them: SHA-1, six digits, 30 seconds.
package struct TOTP: Sendable {
    package static let digits = 6
    /// Seconds.
    package static let period: Int64 = 30
    /// Steps that a device's clock may be off, either way.
    package static let drift: Int64 = 1
    /// RFC 4226, 4: a seed should have 160 bits.
    package static let seedByteCount = 20

    private let key: SymmetricKey

    package init(seed: Data) { key = SymmetricKey(data: seed) }

    package static func step(at time: Date) -> Int64 {
        Int64((time.timeIntervalSince1970 / Double(period)).rounded(.down))
    }

    /// The code of a step (RFC 4226, 5.3: dynamic truncation).
    package func code(step: Int64) -> String {
        let step = UInt64(bitPattern: step)
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> UInt64(56 - 8 * $0)) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: key))
        let offset = Int(mac[mac.count - 1] & 0x0F)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }

    /// The step whose code this is, now or within the drift. Every candidate is looked at, each in constant
    /// time: how long it takes does not tell how near a guess was.
    package func step(of typed: String, at now: Date) -> Int64? {
        let typed = Array(typed.utf8.filter { $0 != UInt8(ascii: " ") })
        let current = Self.step(at: now)
        var found: Int64?
        for step in (current - Self.drift)...(current + Self.drift) where Self.areEqual(typed, code(step: step)) {
            found = found ?? step
        }
        return found
    }

    private static func areEqual(_ typed: [UInt8], _ code: String) -> Bool {
        let code = Array(code.utf8)
        guard typed.count == code.count else { return false }
        return zip(typed, code).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
