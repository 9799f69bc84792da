import Testing

@testable import LDAPClient

@Suite("BER")
struct BERTests {
    @Test(
        "integers are written in the fewest bytes and read back",
        arguments: [0, 1, 127, 128, 255, 256, -1, -128, -129, 65536, Int.max, Int.min]
    )
    func integers(_ value: Int) throws {
        var writer = BERWriter()
        writer.integer(value)
        var reader = BERReader(writer.bytes)
        #expect(try reader.nextInteger() == value && reader.isAtEnd)
        let content = Array(writer.bytes.dropFirst(2))
        let isPadded =
            content.count > 1 && (content[0] == 0 && content[1] < 0x80 || content[0] == 0xff && content[1] >= 0x80)
        #expect(!isPadded)
    }

    @Test("long values carry long lengths", arguments: [0, 127, 128, 255, 256, 70_000])
    func lengths(_ count: Int) throws {
        var writer = BERWriter()
        writer.constructed { $0.octets([UInt8](repeating: 7, count: count)) }
        var reader = BERReader(writer.bytes)
        var inner = reader.reader(within: try reader.next(BERTag.sequence))
        #expect(try inner.nextOctets().count == count)
        #expect(inner.isAtEnd && reader.isAtEnd)
    }

    @Test(
        "what is not BER is an error",
        arguments: [
            [], [0x04], [0x04, 0x01], [0x04, 0x80], [0x04, 0x81], [0x04, 0x82, 0x01],
            [0x04, 0x84, 0xff, 0xff, 0xff, 0xff],
            [0x04, 0x85, 0, 0, 0, 0, 0], [0x04, 0xff], [0x1f, 0x01, 0x00],
        ] as [[UInt8]]
    )
    func malformed(_ bytes: [UInt8]) {
        var reader = BERReader(bytes)
        #expect(throws: BERError.self) { try reader.next() }
    }

    @Test("an element never reaches beyond the one around it")
    func nesting() throws {
        var reader = BERReader([0x30, 0x03, 0x04, 0x02, 0x61, 0x62])
        var inner = reader.reader(within: try reader.next(BERTag.sequence))
        #expect(throws: BERError.self) { try inner.next() }
    }

    @Test("hostile bytes never do worse than an error", arguments: 0..<8)
    func fuzz(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        for _ in 0..<4000 {
            var message = Self.messages.randomElement(using: &random) ?? Self.entry()
            for _ in 0..<Int.random(in: 1...4, using: &random) { Self.damage(&message, &random) }
            _ = try? SyncControls.decode(message)
            _ = try? OperationResult(message)
            _ = try? message.control(PasswordPolicyResponse.oid)
            _ = try? PasswordPolicyResponse(value: message.bytes)
            if let entry = try? SearchEntry(message) {
                _ = entry.attributeNames
                _ = entry.strings("uid")
            }
        }
    }

    private static func damage(_ message: inout ServerMessage, _ random: inout SplitMix) {
        var bytes = message.bytes
        switch Int.random(in: 0..<3, using: &random) {
        case 0 where !bytes.isEmpty:
            bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        case 1:
            bytes.insert(UInt8.random(in: 0...255, using: &random), at: Int.random(in: 0...bytes.count, using: &random))
        default: bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
        }
        let length =
            Int.random(in: 0..<4, using: &random) == 0
            ? Int.random(in: 0...bytes.count, using: &random) : message.operationLength
        message = ServerMessage(id: 1, tag: message.tag, bytes: bytes, operationLength: length)
    }

    private static let messages: [ServerMessage] = [entry(), idSet(), done()]

    private static func message(_ tag: UInt8, _ operation: BERWriter, _ controls: BERWriter? = nil) -> ServerMessage {
        ServerMessage(
            id: 1,
            tag: tag,
            bytes: operation.bytes + (controls?.bytes ?? []),
            operationLength: operation.bytes.count
        )
    }

    private static func control(_ oid: String, _ value: (inout BERWriter) -> Void) -> BERWriter {
        var inner = BERWriter()
        inner.constructed(BERTag.sequence, value)
        var writer = BERWriter()
        writer.constructed(BERTag.contextConstructed(0)) { list in
            list.constructed { control in
                control.octets(oid.utf8)
                control.boolean(false)
                control.octets(inner.bytes)
            }
        }
        return writer
    }

    private static func entry() -> ServerMessage {
        var writer = BERWriter()
        writer.octets("uid=alice,dc=x".utf8)
        writer.constructed { list in
            list.constructed { attribute in
                attribute.octets("uid".utf8)
                attribute.constructed(BERTag.set) { $0.octets("alice".utf8) }
            }
        }
        return message(
            ServerMessage.searchEntry,
            writer,
            control("1.3.6.1.4.1.4203.1.9.1.2") { value in
                value.integer(1, tag: BERTag.enumerated)
                value.octets([UInt8](0..<16))
                value.octets("cookie".utf8)
            }
        )
    }

    private static func idSet() -> ServerMessage {
        var value = BERWriter()
        value.constructed(BERTag.contextConstructed(3)) { set in
            set.octets("cookie".utf8)
            set.boolean(true)
            set.constructed(BERTag.set) { ids in
                for _ in 0..<3 { ids.octets([UInt8](0..<16)) }
            }
        }
        var writer = BERWriter()
        writer.octets("1.3.6.1.4.1.4203.1.9.1.4".utf8, tag: BERTag.context(0))
        writer.octets(value.bytes, tag: BERTag.context(1))
        return message(ServerMessage.intermediate, writer)
    }

    private static func done() -> ServerMessage {
        var writer = BERWriter()
        writer.integer(0, tag: BERTag.enumerated)
        writer.octets("dc=x".utf8)
        writer.octets("fine".utf8)
        return message(
            ServerMessage.searchDone,
            writer,
            control("1.3.6.1.4.1.4203.1.9.1.3") { value in
                value.octets("cookie".utf8)
                value.boolean(true)
            }
        )
    }

    @Test("the messages that are damaged above are whole before")
    func wholeMessages() throws {
        let decoded = try Self.messages.map { try SyncControls.decode($0) }
        guard case .entry(let entry) = decoded[0], case .idSet(let cookie, true, let ids) = decoded[1],
            case .done(let last, true) = decoded[2]
        else {
            Issue.record("not what was written: \(decoded)")
            return
        }
        #expect(entry.state == .add && entry.entry.string("uid") == "alice" && Array(entry.id.bytes) == [UInt8](0..<16))
        #expect(ids.count == 3 && cookie == last && last == Array("cookie".utf8))
    }
}

/// A small generator with a seed (Steele, Lea, Flood: SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
