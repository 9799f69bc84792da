import Foundation
import Glibc
import Synchronization

/// A small real DNS server on 127.0.0.1 that knows SRV records only.
package final class NameServer: Sendable {
    package struct Record: Sendable {
        package var priority: UInt16
        package var weight: UInt16
        package var port: UInt16
        package var target: String
        package var timeToLive: UInt32 = 300

        package init(_ target: String, port: UInt16, priority: UInt16 = 0, weight: UInt16 = 0) {
            self.target = target
            self.port = port
            self.priority = priority
            self.weight = weight
        }
    }

    package enum Behaviour: Sendable {
        case answers
        /// Answers with bytes that are no DNS message behind its head.
        case garbage
        case silent
    }

    package let port: UInt16
    private let descriptor: Int32
    private let state: Mutex<(records: [String: [Record]], behaviour: Behaviour, questions: [String])>

    /// - Parameter records: by the whole name, such as `_ldaps._tcp.example.org`.
    package init(_ records: [String: [Record]], _ behaviour: Behaviour = .answers) throws {
        state = Mutex((records, behaviour, []))
        (descriptor, port) = try LoopbackSocket.datagrams()
        let descriptor = descriptor
        Thread.detachNewThread { [weak self] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            var peer = sockaddr_storage()
            while true {
                let (count, size) = Self.receive(descriptor, &buffer, &peer)
                guard count >= 0 else { return }
                guard let answer = self?.answer(Array(buffer.prefix(count))) else { continue }
                Self.send(descriptor, answer, &peer, size)
            }
        }
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    package func set(_ records: [String: [Record]]) { state.withLock { $0.records = records } }

    /// The names that were asked for.
    package var questions: [String] { state.withLock { $0.questions } }

    // MARK: The protocol (RFC 1035, 4)

    private func answer(_ query: [UInt8]) -> [UInt8]? {
        guard query.count > 12 else { return nil }
        let (name, end) = Self.name(in: query)
        let (records, behaviour) = state.withLock { state in
            state.questions.append(name)
            return (state.records[name.lowercased()], state.behaviour)
        }
        let question = Array(query[12..<min(end + 4, query.count)])
        let head = { (code: UInt8, count: Int) in
            Array(query[0..<2]) + [0x81, 0x80 | code, 0, 1] + Self.two(UInt16(count)) + [0, 0, 0, 0]
        }
        switch behaviour {
        case .silent: return nil
        case .garbage: return head(0, 3) + question + [0xc0, 0x0c, 0xff]
        case .answers: break
        }
        guard let records else { return head(3, 0) + question }
        return head(0, records.count) + question + records.flatMap(Self.bytes)
    }

    private static func name(in query: [UInt8]) -> (String, end: Int) {
        var labels: [String] = []
        var index = 12
        while index < query.count, query[index] > 0 {
            let length = Int(query[index])
            labels.append(String(decoding: query[(index + 1)...].prefix(length), as: UTF8.self))
            index += length + 1
        }
        return (labels.joined(separator: "."), index + 1)
    }

    private static func bytes(_ record: Record) -> [UInt8] {
        var labels: [UInt8] = []
        for label in record.target.split(separator: ".") { labels += [UInt8(label.utf8.count)] + Array(label.utf8) }
        labels.append(0)
        let data = two(record.priority) + two(record.weight) + two(record.port) + labels
        let life = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: record.timeToLive >> $0) }
        return [0xc0, 0x0c, 0, 33, 0, 1] + life + two(UInt16(data.count)) + data
    }

    private static func two(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xff)] }

    // MARK: The socket

    private static func receive(
        _ descriptor: Int32,
        _ buffer: inout [UInt8],
        _ peer: inout sockaddr_storage
    ) -> (Int, socklen_t) {
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let room = buffer.count
        let count = unsafe withUnsafeMutablePointer(to: &peer) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe recvfrom(descriptor, &buffer, room, 0, $0, &size)
            }
        }
        return (count == 0 ? -1 : count, size)
    }

    private static func send(
        _ descriptor: Int32,
        _ answer: [UInt8],
        _ peer: inout sockaddr_storage,
        _ size: socklen_t
    ) {
        _ = unsafe withUnsafePointer(to: &peer) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe sendto(descriptor, answer, answer.count, 0, $0, size)
            }
        }
    }
}
