/// Bytes from the system's CSPRNG (`getrandom`).
enum RandomBytes {
    /// Of challenge, method and message ids, and of the database's own.
    static let idByteCount = 16

    static func make(_ count: Int) -> [UInt8] {
        // Eight at a time: each time is a system call.
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        while bytes.count < count {
            let rest = count - bytes.count
            unsafe withUnsafeBytes(of: generator.next()) { unsafe bytes.append(contentsOf: $0.prefix(rest)) }
        }
        return bytes
    }

    /// 32 hexadecimal digits: unguessable, opaque.
    static func identifier() -> String { Hexadecimal.text(make(idByteCount)) }
}
