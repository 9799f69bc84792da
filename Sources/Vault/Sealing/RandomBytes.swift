/// Bytes from the system's CSPRNG (`getrandom`).
enum RandomBytes {
    /// Of challenge, method and message ids, and of the database's own.
    static let idByteCount = 16

    static func make(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// 32 hexadecimal digits: unguessable, opaque.
    static func identifier() -> String { Hexadecimal.text(make(idByteCount)) }
}
