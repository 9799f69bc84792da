import Glibc
import LDAPClient

/// One LDAP message as it goes over the wire (RFC 4511, 4.1.1), taken apart far enough for a script to choose by.
package struct WireMessage: Sendable {
    package let bytes: [UInt8]
    package let id: Int
    /// The tag of the protocolOp.
    package let tag: UInt8
    /// Where the content of the protocolOp lies.
    let operation: Range<Int>
    /// Where the list of controls lies.
    let controls: Range<Int>?

    /// - Throws: ``BERError`` for anything but exactly one message.
    init(_ bytes: [UInt8]) throws {
        var outer = BERReader(bytes)
        var reader = outer.reader(within: try outer.next(BERTag.sequence))
        id = try reader.nextInteger()
        let operation = try reader.next()
        tag = operation.tag
        self.operation = operation.content
        controls = try reader.nextIfPresent(BERTag.contextConstructed(0))
        self.bytes = bytes
    }

    /// Whether these letters stand anywhere in it.
    package func mentions(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard let first = wanted.first, bytes.count >= wanted.count else { return wanted.isEmpty }
        // By the C library: scripts look at each message, and tests are built without optimisation.
        return unsafe bytes.withUnsafeBytes { bytes in
            var rest = unsafe bytes
            while rest.count >= wanted.count, let start = rest.baseAddress,
                let found = unsafe memchr(start, Int32(first), rest.count - wanted.count + 1)
            {
                if unsafe memcmp(found, wanted, wanted.count) == 0 { return true }
                unsafe rest = UnsafeRawBufferPointer(rebasing: rest[(UnsafeRawPointer(found) - start + 1)...])
            }
            return false
        }
    }
}

// MARK: Answers

extension WireMessage {
    package var isEntry: Bool { tag == 0x64 }
    /// A modify request, or a password modify (RFC 3062).
    package var isWrite: Bool { tag == 0x66 || tag == 0x77 && mentions("1.3.6.1.4.1.4203.1.11.1") }
    package var isSearchEnd: Bool { tag == 0x65 }
    package var isReference: Bool { tag == 0x73 }

    /// What an intermediate message of content synchronisation says (RFC 4533, 2.5).
    package enum SyncInfo: Sendable {
        case newCookie, refreshDelete, refreshPresent
        /// A set of entries that are there.
        case present
        /// A set of entries that are gone.
        case deleted
    }

    package var syncInfo: SyncInfo? {
        guard tag == 0x79 else { return nil }
        var reader = BERReader(bytes, within: operation)
        guard let name = try? reader.nextString(BERTag.context(0)), name == "1.3.6.1.4.1.4203.1.9.1.4",
            let octets = try? reader.nextOctets(BERTag.context(1))
        else { return nil }
        return Self.syncInfo(BERReader(octets))
    }

    private static func syncInfo(_ reader: BERReader) -> SyncInfo? {
        var reader = reader
        guard let choice = try? reader.next() else { return nil }
        var fields = reader.reader(within: choice.content)
        switch choice.tag {
        case BERTag.context(0): return .newCookie
        case BERTag.contextConstructed(1): return .refreshDelete
        case BERTag.contextConstructed(2): return .refreshPresent
        default:
            _ = try? fields.nextIfPresent(BERTag.octetString)
            return (try? fields.nextBoolean(default: false)) == true ? .deleted : .present
        }
    }

    /// The end of a search with this result (RFC 4511, 4.5.2).
    package static func searchEnd(of id: Int, code: Int, diagnostic: String = "") -> [UInt8] {
        end(0x65, of: id, code, diagnostic)
    }

    /// The answer to a modify request (RFC 4511, 4.6).
    package static func modifyEnd(of id: Int, code: Int, diagnostic: String = "") -> [UInt8] {
        end(0x67, of: id, code, diagnostic)
    }

    private static func end(_ tag: UInt8, of id: Int, _ code: Int, _ diagnostic: String) -> [UInt8] {
        message(id) { writer in
            writer.constructed(tag) { result in
                result.integer(code, tag: BERTag.enumerated)
                result.octets([])
                result.octets(Array(diagnostic.utf8))
            }
        }
    }

    /// A continuation reference (RFC 4511, 4.5.3).
    package static func reference(of id: Int, to uri: String) -> [UInt8] {
        message(id) { writer in
            writer.constructed(0x73) { $0.octets(Array(uri.utf8)) }
        }
    }

    static func message(_ id: Int, _ body: (inout BERWriter) -> Void) -> [UInt8] {
        var writer = BERWriter()
        writer.constructed { message in
            message.integer(id)
            body(&message)
        }
        return writer.bytes
    }
}
