import LDAPClient

/// A request on its way to the server.
package struct WireRequest: Sendable {
    package let message: WireMessage
    /// The base of a search.
    package private(set) var base: String?
    /// Whether the content is to be followed (RFC 4533).
    package private(set) var isSync = false
    /// The cookie that it goes on from.
    package private(set) var cookie: [UInt8]?
    private var mode = 0

    private static let sync = "1.3.6.1.4.1.4203.1.9.1.1"

    init(_ message: WireMessage) {
        self.message = message
        guard message.tag == 0x63 else { return }
        var search = BERReader(message.bytes, within: message.operation)
        base = try? search.nextString()
        try? readControls()
    }

    private mutating func readControls() throws {
        guard let list = message.controls else { return }
        var controls = BERReader(message.bytes, within: list)
        while !controls.isAtEnd {
            var control = controls.reader(within: try controls.next(BERTag.sequence))
            guard try control.nextString() == Self.sync else { continue }
            isSync = true
            _ = try control.nextBoolean(default: false)
            var outer = BERReader(try control.nextOctets())
            var value = outer.reader(within: try outer.next(BERTag.sequence))
            mode = try value.nextInteger(BERTag.enumerated)
            cookie = value.nextTag == BERTag.octetString ? try value.nextOctets() : nil
        }
    }

    /// The same request as somebody sends it who has no cookie yet.
    package var withoutCookie: [UInt8] {
        var value = BERWriter()
        value.constructed { $0.integer(mode, tag: BERTag.enumerated) }
        return WireMessage.message(message.id) { writer in
            writer.octets(message.bytes[message.operation], tag: message.tag)
            writer.constructed(BERTag.contextConstructed(0)) { list in
                list.constructed { control in
                    control.octets(Array(Self.sync.utf8))
                    control.boolean(true)
                    control.octets(value.bytes)
                }
            }
        }
    }
}
