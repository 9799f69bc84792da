import Foundation
import Glibc
import Logging
import Testing

@testable import DaemonRuntime

@Suite("The log under systemd")
struct JournalLogTests {
    /// A logger whose journal is the socket.
    private func logger(_ path: String, standardError: Int32 = -1) throws -> Logger {
        let socket = try #require(JournalSocket(path: path))
        let log = JournalLog(level: LogLevel(.info), isJournal: true, socket: socket, standardError: standardError)
        return Logger(label: "test") { _ in log }
    }

    @Test("each event is one entry with its message, priority, id, and a field for each detail")
    func fields() throws {
        let socket = try NotificationSocket(abstract: false)
        let logger = try logger(socket.name)
        logger.error("a message was given up", metadata: ["channel": "email", "retry-after": "3"])
        logger.info("nothing that anybody waits for")
        logger.debug("not at this level")
        let id = try #require(JournalMessage.all.first { $0.beginning == "a message was given up" }?.id)
        #expect(
            socket.next() == """
                MESSAGE=a message was given up channel=email retry-after=3
                PRIORITY=3
                SYSLOG_IDENTIFIER=latchkeyd
                MESSAGE_ID=\(id)
                LATCHKEY_CHANNEL=email
                LATCHKEY_RETRY_AFTER=3

                """
        )
        #expect(
            socket.next()
                == "MESSAGE=nothing that anybody waits for\nPRIORITY=6\nSYSLOG_IDENTIFIER=latchkeyd\n"
        )
        #expect(socket.next() == nil)
    }

    @Test("a value with newlines goes behind its length, and forges no field")
    func newlines() throws {
        let socket = try NotificationSocket(abstract: false)
        try logger(socket.name).warning("one\nPRIORITY=0", metadata: ["error": "two\nMESSAGE_ID=0"])
        #expect(
            socket.next()
                == "MESSAGE=one PRIORITY=0 error=two MESSAGE_ID=0\nPRIORITY=4\nSYSLOG_IDENTIFIER=latchkeyd\n"
                + "LATCHKEY_ERROR\n\u{10}\0\0\0\0\0\0\0two\nMESSAGE_ID=0\n"
        )
    }

    @Test("an entry is bounded, cut between characters, and its names are such as the journal takes")
    func bounds() {
        let details = (0..<100).map { (key: "größe.\($0)", value: String(repeating: "ü", count: 9000) + "x") }
        let message = "a" + String(repeating: "ü", count: 9000)
        let entry = JournalEntry(message: message, priority: 6, id: nil, details: details)
        #expect(entry.bytes.count < 16_384 + 24 * (4096 + 80) + 100)
        let text = String(decoding: entry.bytes, as: UTF8.self)
        #expect(text.utf8.count == entry.bytes.count, "no character is cut in two")
        #expect(text.hasPrefix("MESSAGE=a\(String(repeating: "ü", count: 8191))\nPRIORITY=6\n"))
        // Two bytes of ö; ß has SS for its capital.
        #expect(JournalEntry.name("größe.1") == "LATCHKEY_GR__SSE_1")
        #expect(JournalEntry.name(String(repeating: "k", count: 100)).utf8.count == 64)
    }

    @Test("where the journal's socket is not there, the line goes to standard error with its priority")
    func fallback() throws {
        var ends: [Int32] = [0, 0]
        #expect(unsafe pipe(&ends) == 0)
        defer { close(ends[0]) }
        let logger = try logger("/tmp/latchkey-no-journal-\(getpid())", standardError: ends[1])
        logger.warning("somebody", metadata: ["n": "1"])
        // Where nothing was written, the end is all there is to read.
        close(ends[1])
        var buffer = [UInt8](repeating: 0, count: 100)
        let size = unsafe read(ends[0], &buffer, buffer.count)
        #expect(String(decoding: buffer.prefix(max(size, 0)), as: UTF8.self) == "<4>somebody n=1\n")
    }

    @Test("standard error is the journal's only where it is the file that systemd named")
    func stream() throws {
        let path = "/tmp/latchkey-stream-\(getpid())"
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try #require(FileHandle(forReadingAtPath: path))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let device = try #require(attributes[.systemNumber] as? NSNumber)
        let inode = try #require(attributes[.systemFileNumber] as? NSNumber)
        #expect(JournalStream.isOpen(["JOURNAL_STREAM": "\(device):\(inode)"], descriptor: file.fileDescriptor))
        #expect(!JournalStream.isOpen(["JOURNAL_STREAM": "\(device):1"], descriptor: file.fileDescriptor))
        #expect(!JournalStream.isOpen([:], descriptor: file.fileDescriptor))
    }
}
