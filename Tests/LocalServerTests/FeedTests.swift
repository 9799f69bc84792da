import Audit
import Foundation
import Identity
import LatchkeyTesting
import LocalAPI
import LocalClient
import LocalServer
import NIOCore
import SelfService
import Synchronizer
import Testing

@testable import LocalClient

@Suite("The change feed")
struct FeedTests {
    private let alice = LoggedChange(
        scope: .users,
        action: .changed,
        id: SamplePeople.alice.id,
        name: SamplePeople.alice.login
    )
    private let step = SyncTransition(
        number: 3,
        at: SamplePeople.time,
        from: .persisting,
        to: .stale,
        cause: .failed,
        text: "ldap://one: does not answer",
        deadline: SamplePeople.time
    )

    /// The next events, until there are so many.
    private func events(
        _ count: Int,
        _ sockets: TestSockets,
        _ query: String = "",
        lastEvent: String? = nil,
        meanwhile: @escaping @Sendable (Int) async -> Void = { _ in }
    ) async throws -> [ServerEvent] {
        try await withDeadline {
            var events: [ServerEvent] = []
            let source = EventSource(socketPath: sockets.adminPath)
            try await source.follow("/v1/admin/changes" + query, lastEvent: lastEvent) { event in
                events.append(event)
                await meanwhile(events.count)
                return events.count < count
            }
            return events
        }
    }

    @Test("says where it begins, and then each commit with its freshness")
    func changes() async throws {
        try await TestSockets.serve { sockets in
            let events = try await events(3, sockets) { count in
                if count < 3 { sockets.history.append([alice]) }
            }
            #expect(events.map(\.type) == ["position", "change", "change"])
            #expect(events.map(\.id) == ["7", "8", "9"].map { "\($0).\(ScriptedHistory.name)" })
            let change = try APIJSON.decode(ChangeDocument.self, from: events[1].data)
            #expect(change.generation == 8 && change.event == "change" && change.freshness.state == "live")
            #expect(
                change.changes == [
                    .init(kind: "user", action: "changed", id: "\(SamplePeople.alice.id)", name: "alice")
                ]
            )
        }
    }

    @Test("goes on after any event, by its id or by the generation alone")
    func resuming() async throws {
        try await TestSockets.serve { sockets in
            for _ in 0..<3 { sockets.history.append([alice]) }
            let byID = try await events(2, sockets, lastEvent: "9.\(ScriptedHistory.name)")
            #expect(byID.map(\.type) == ["position", "change"])
            #expect(byID.last?.id == "10.\(ScriptedHistory.name)")
            let byNumber = try await events(4, sockets, "?after=7")
            #expect(byNumber.dropFirst().compactMap(\.id) == [8, 9, 10].map { "\($0).\(ScriptedHistory.name)" })
        }
    }

    @Test("that cannot be resumed says so, and goes on from now", arguments: ["3", "7.0badcafe", "99"])
    func reset(after: String) async throws {
        try await TestSockets.serve { sockets in
            let events = try await events(2, sockets, "?after=\(after)") { count in
                if count == 1 { sockets.history.append([alice]) }
            }
            #expect(events.map(\.type) == ["reset", "change"])
            #expect(try APIJSON.decode(PositionDocument.self, from: events[0].data).generation == 7)
        }
    }

    @Test("tells the state machine's steps to whoever asks for them, the last one at once")
    func transitions() async throws {
        try await TestSockets.serve { sockets in
            await sockets.sync.step(step)
            let events = try await events(1, sockets, "?kinds=transitions")
            let told = try APIJSON.decode(TransitionDocument.self, from: events[0].data)
            #expect(told.to == "stale" && told.from == "persisting" && told.text == step.text && told.number == 3)
        }
    }

    @Test("is refused with a sentence where the question is wrong", arguments: ["?after=x", "?kinds=all", "?since=1"])
    func badQuestions(query: String) async throws {
        try await TestSockets.serve { sockets in
            let answer = await #expect(throws: ProblemAnswer.self) { () async throws in
                _ = try await events(1, sockets, query)
            }
            #expect(answer?.problem.status == 400)
        }
    }

    @Test("is for administrators who may look people up, and is audited")
    func capability() async throws {
        var options = TestSockets.Options()
        options.administrators = [AdministratorGrant(.user(geteuid()), may: [.sync])]
        try await TestSockets.serve(options) { sockets in
            let answer = await #expect(throws: ProblemAnswer.self) { () async throws in
                _ = try await events(1, sockets)
            }
            #expect(answer?.problem.status == 403)
            await sockets.sync.step(step)
            let told = try await events(1, sockets, "?kinds=transitions")
            #expect(told.map(\.type) == ["transition"])
        }
        try await TestSockets.serve { sockets in
            _ = try await events(1, sockets)
            #expect(await sockets.audit.events.last?.details["listing"] == "changes")
        }
    }

    @Test("ends when the service stops, and does not hold it up")
    func stopping() async throws {
        try await TestSockets.serve { sockets in
            let error = await #expect(throws: LocalClientError.self) { () async throws in
                _ = try await events(9, sockets) { count in
                    if count == 1 { Task { await sockets.stop() } }
                }
            }
            #expect(error?.code == .closed)
        }
    }

    @Test("goes on for longer than one answer may take, with a sign of life in between")
    func longLife() async throws {
        var options = TestSockets.Options()
        options.limits.response = .milliseconds(50)
        options.limits.beat = .milliseconds(20)
        try await TestSockets.serve(options) { sockets in
            let (path, history) = (sockets.adminPath, sockets.history)
            let text = try await onThread {
                let connection = try RawConnection(path: path)
                defer { connection.end() }
                connection.send("GET /v1/admin/changes HTTP/1.1\r\nhost: localhost\r\n\r\n")
                // Five beats take twice as long as one part of an answer may.
                let beats = connection.receive(until: String(repeating: "3\r\n:\n\n\r\n", count: 5))
                history.append([alice])
                return beats + connection.receive(until: "event: change")
            }
            #expect(text.contains("event: position") && text.contains("event: change"))
        }
    }

    @Test("is put together however its bytes are divided")
    func parsing() throws {
        let text = ":\n\nid: 1.a\nevent: change\ndata: {\ndata: }\n\nretry: 5\n\ndata:x\r\n\r\n"
        let expected = [
            ServerEvent(id: "1.a", type: "change", data: Data("{\n}".utf8)),
            ServerEvent(id: "1.a", type: "message", data: Data("x".utf8)),
        ]
        for size in 1...text.utf8.count {
            var parser = EventParser()
            var events: [ServerEvent] = []
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                events += try parser.feed(ByteBuffer(bytes: rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            #expect(events == expected, "in parts of \(size)")
        }
    }

    @Test("of an endless line is given up")
    func endlessLine() {
        var parser = EventParser()
        let part = ByteBuffer(repeating: UInt8(ascii: "x"), count: EventParser.limit / 4)
        #expect(throws: EventParser.TooLarge.self) { () throws in
            for _ in 0..<6 { _ = try parser.feed(part) }
        }
    }
}
