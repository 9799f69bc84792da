import Delivery
import Foundation
import LatchkeyTesting
import SelfService
import Testing

@Suite struct SpoolTests {
    private let scratch: ScratchDirectory
    private let spool: String

    init() throws {
        scratch = try ScratchDirectory()
        spool = scratch.path("spool")
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: spool).filter { !$0.hasPrefix(".") }.sorted()
    }

    private func document(_ name: String) throws -> [String: String] {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(spool)/\(name)"))
        return try JSONDecoder().decode([String: String].self, from: data)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("a message is one file of JSON with the members of the contract, and no others")
    func members() async throws {
        let transport = SpoolTransport(directory: spool)
        try await transport.deliver(
            OutgoingMessage(channel: .text, via: .call, to: "+15550100", body: "123 is it", code: "123")
        )
        try await transport.deliver(
            OutgoingMessage(channel: .email, to: "ada@example.org", subject: "S", body: "B", link: "https://x/#token=a")
        )
        #expect(try names() == ["000001.json", "000002.json"])
        #expect(
            try document("000001.json")
                == ["kind": "text", "via": "call", "to": "+15550100", "body": "123 is it", "code": "123"]
        )
        #expect(
            try document("000002.json")
                == [
                    "kind": "email", "to": "ada@example.org", "subject": "S", "body": "B", "link": "https://x/#token=a",
                ]
        )
    }

    @Test("nobody else can read the spool")
    func modes() async throws {
        try await SpoolTransport(directory: spool).deliver(OutgoingMessage(channel: .email, to: "a@b", body: "x"))
        #expect(try mode(spool) == 0o700)
        for name in try FileManager.default.contentsOfDirectory(atPath: spool) {
            #expect(try mode("\(spool)/\(name)") == 0o600, "\(name)")
        }
    }

    @Test("transports that write at once never share a number")
    func concurrency() async throws {
        let transports = (0..<4).map { _ in SpoolTransport(directory: spool) }
        try await withThrowingTaskGroup { group in
            for index in 0..<80 {
                let transport = transports[index % transports.count]
                group.addTask {
                    try await transport.deliver(OutgoingMessage(channel: .email, to: "a@b", body: "\(index)"))
                }
            }
            try await group.waitForAll()
        }
        let names = try names()
        #expect(names == (1...80).map { String(format: "%06d.json", $0) })
        #expect(Set(try names.map { try document($0)["body"] }).count == 80)
    }

    @Test("other processes that take numbers lose nothing and make nobody lose anything")
    func processes() async throws {
        try FileManager.default.createDirectory(atPath: spool, withIntermediateDirectories: false)
        // Takes free names without knowing of the counter, as another program may.
        let script = """
            import os, sys
            taken = number = 0
            while taken < 40:
                number += 1
                try:
                    os.close(os.open("%s/%06d.json" % (sys.argv[1], number), os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                    taken += 1
                except FileExistsError:
                    pass
            """
        let (spool, scratch) = (spool, scratch)
        try await withThrowingTaskGroup { group in
            for _ in 0..<2 {
                group.addTask { try await Command("/usr/bin/python3", ["-c", script, spool]).check(in: scratch.url) }
            }
            for _ in 0..<2 {
                group.addTask {
                    for index in 0..<20 {
                        let message = OutgoingMessage(channel: .email, to: "a@b", body: "\(index)")
                        try await SpoolTransport(directory: spool).deliver(message)
                    }
                    return ""
                }
            }
            try await group.waitForAll()
        }
        let sizes = try names().map { try Data(contentsOf: URL(fileURLWithPath: "\(spool)/\($0)")).count }
        #expect(sizes.count(where: { $0 > 0 }) == 40)
        #expect(sizes.count(where: { $0 == 0 }) == 80)
    }

    @Test("a number never comes back, also when its file is gone and the transport is new")
    func restart() async throws {
        let message = OutgoingMessage(channel: .email, to: "a@b", body: "x")
        for _ in 0..<2 { try await SpoolTransport(directory: spool).deliver(message) }
        for name in try names() { try FileManager.default.removeItem(atPath: "\(spool)/\(name)") }
        try await SpoolTransport(directory: spool).deliver(message)
        #expect(try names() == ["000003.json"])
    }

    @Test("a lost counter is found again by the files")
    func lostCounter() async throws {
        let message = OutgoingMessage(channel: .email, to: "a@b", body: "x")
        for _ in 0..<3 { try await SpoolTransport(directory: spool).deliver(message) }
        try FileManager.default.removeItem(atPath: "\(spool)/.last-number")
        try await SpoolTransport(directory: spool).deliver(message)
        #expect(try names().last == "000004.json")
    }

    @Test("a directory that cannot be made is a temporary error without the destination")
    func noDirectory() async throws {
        let transport = SpoolTransport(directory: scratch.path("missing/spool"))
        let error = await #expect(throws: TransportError.self) {
            try await transport.deliver(
                OutgoingMessage(channel: .email, to: "ada@example.org", body: "x", code: "4711")
            )
        }
        #expect(error?.isTemporary == true)
        #expect(error?.detail.contains("ada@") == false && error?.detail.contains("4711") == false)
    }
}
