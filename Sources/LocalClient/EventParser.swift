import Foundation
import NIOCore

/// Puts events together from the parts of a feed, however they are divided.
struct EventParser {
    /// Bytes of one event. A commit that is listed has less than one MiB.
    static let limit = 4 * 1024 * 1024

    private var line: [UInt8] = []
    private var id: String?
    private var type = ""
    private var data: [UInt8] = []
    private var hasData = false

    struct TooLarge: Error {}

    mutating func feed(_ part: ByteBuffer) throws(TooLarge) -> [ServerEvent] {
        var events: [ServerEvent] = []
        var rest = part.readableBytesView
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            line += rest[..<end]
            rest = rest[(end + 1)...]
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if let event = endLine() { events.append(event) }
            line.removeAll(keepingCapacity: true)
        }
        line += rest
        guard line.count + data.count <= Self.limit else { throw TooLarge() }
        return events
    }

    /// - Returns: the event that an empty line ends.
    private mutating func endLine() -> ServerEvent? {
        if line.isEmpty { return endEvent() }
        let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        var value = parts.count > 1 ? parts[1] : []
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        switch String(decoding: parts[0], as: UTF8.self) {
        case "id": id = String(decoding: value, as: UTF8.self)
        case "event": type = String(decoding: value, as: UTF8.self)
        case "data":
            if hasData { data.append(UInt8(ascii: "\n")) }
            data += value
            hasData = true
        // A comment, or a field of a later time.
        default: break
        }
        return nil
    }

    private mutating func endEvent() -> ServerEvent? {
        defer {
            type = ""
            data = []
            hasData = false
        }
        return hasData ? ServerEvent(id: id, type: type.isEmpty ? "message" : type, data: Data(data)) : nil
    }
}
