import Foundation
import LatchkeyTesting
import Logging
import Testing

@testable import DaemonRuntime

@Suite("What the journal can be asked for")
struct JournalMessageTests {
    private static let page = LatchkeyTesting.ExampleService.repository.appending(path: "etc/journal.md")

    /// Cells of the rows that begin with an id.
    private func rows() throws -> [[String]] {
        try String(contentsOf: Self.page, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| `") }
            .map { line in line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    }

    @Test("stands in a table of all ids and of no others")
    func table() throws {
        let told = try rows().map { "\($0[0]) \($0[1])" }
        let known = JournalMessage.all.map { message in
            let line = message.beginning.map { $0.hasSuffix(" ") ? "\($0)…" : $0 } ?? "`\(message.incident ?? "")`"
            return "`\(message.id)` \(line)"
        }
        #expect(told == known)
    }

    @Test("has ids that are 128 bits, each another, and never begins as another one does")
    func ids() {
        let ids = JournalMessage.all.map(\.id)
        #expect(Set(ids).count == ids.count && ids.count > 15)
        for id in ids { #expect(id.wholeMatch(of: /[0-9a-f]{32}/) != nil) }
        let beginnings = JournalMessage.all.compactMap(\.beginning)
        for one in beginnings { #expect(beginnings.filter(one.hasPrefix) == [one]) }
    }

    @Test("is logged somewhere in these words")
    func logged() throws {
        let sources = LatchkeyTesting.ExampleService.repository.appending(path: "Sources")
        let table = "DaemonRuntime/Logging/JournalMessage.swift"
        let text = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
            .filter { $0.hasSuffix(".swift") && $0 != table }
            .map { try String(contentsOf: sources.appending(path: $0), encoding: .utf8) }
            .joined()
        for message in JournalMessage.all {
            let words = message.beginning.map { "\"\($0)" } ?? "[\"incident\": \"\(message.incident ?? "")\"]"
            #expect(text.contains(words), "\(words) is logged nowhere")
        }
    }

    @Test("is told by the name of an incident, and never by words that somebody else chose for it")
    func incidents() {
        let named = JournalMessage.id(of: "latchkeyd serves", ["incident": "directory-lost"])
        #expect(named == JournalMessage.all.first { $0.incident == "directory-lost" }?.id)
        #expect(named != nil && named != JournalMessage.id(of: "latchkeyd serves", [:]))
        #expect(JournalMessage.id(of: "directory-lost", [:]) == nil)
    }
}
