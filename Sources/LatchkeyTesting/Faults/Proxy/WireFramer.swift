import LDAPClient

/// Cuts a stream of bytes into LDAP messages.
struct WireFramer {
    private var rest: [UInt8] = []

    /// The messages that are complete with these bytes.
    mutating func messages(with bytes: ArraySlice<UInt8>) -> [WireMessage] {
        rest += bytes
        var messages: [WireMessage] = []
        var position = 0
        while let end = Self.end(of: rest, from: position), let message = try? WireMessage(Array(rest[position..<end]))
        {
            messages.append(message)
            position = end
        }
        rest.removeFirst(position)
        return messages
    }

    /// Where the element that begins there ends; nil while it is not complete.
    private static func end(of bytes: [UInt8], from start: Int) -> Int? {
        var reader = BERReader(bytes, within: start..<bytes.count)
        return (try? reader.next())?.content.upperBound
    }
}
