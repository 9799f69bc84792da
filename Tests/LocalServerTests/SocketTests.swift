import Foundation
import LatchkeyTesting
import LocalClient
import LocalServer
import SelfService
import Testing

@Suite("Sockets")
struct SocketTests {
    private static let health = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"

    @Test("a socket is bound with mode 0660 and removed at the end")
    func mode() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        var options = TestSockets.Options()
        options.socket = try ListeningSocket.bound(path: folder.path("s"), group: "a group that nobody has")
        try await TestSockets.serve(options) { _ in
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("s"))
            #expect(attributes[.posixPermissions] as? Int == 0o660)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("s")))
    }

    @Test("a dead socket is replaced")
    func dead() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let path = folder.path("s")
        // The file stays when its only descriptor is closed.
        close(try boundDescriptor(path))
        #expect(FileManager.default.fileExists(atPath: path))
        var options = TestSockets.Options()
        options.socket = try ListeningSocket.bound(path: path)
        try await TestSockets.serve(options) { sockets in
            let health = try await sockets.client.send("GET", "/health")
            #expect(health.status == 200)
        }
    }

    @Test("a socket on which somebody answers is left alone")
    func inUse() throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let descriptor = try boundDescriptor(folder.path("s"))
        defer { close(descriptor) }
        let error = #expect(throws: SocketError.self) { try ListeningSocket.bound(path: folder.path("s")) }
        #expect(error?.code == .inUse)
    }

    @Test("a path that is no socket is never replaced")
    func regularFile() throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        try Data("precious".utf8).write(to: URL(filePath: folder.path("s")))
        let error = #expect(throws: SocketError.self) { try ListeningSocket.bound(path: folder.path("s")) }
        #expect(error?.code == .notASocket)
        #expect(error?.path == folder.path("s"))
        #expect(try String(contentsOfFile: folder.path("s"), encoding: .utf8) == "precious")
    }

    @Test("a path that is too long is refused with its limit")
    func tooLong() {
        let error = #expect(throws: SocketError.self) {
            try ListeningSocket.bound(path: "/tmp/" + String(repeating: "x", count: 200))
        }
        #expect(error?.code == .invalidPath)
    }

    @Test("an inherited descriptor is served, and its file stays for the next one")
    func inherited() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let path = folder.path("s")
        let descriptor = try boundDescriptor(path)
        var options = TestSockets.Options()
        options.socket = try ListeningSocket.inherited(descriptor: descriptor)
        options.inheritedPath = path
        try await TestSockets.serve(options) { sockets in
            let health = try await sockets.client.send("GET", "/health")
            #expect(health.status == 200)
        }
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test("a descriptor that does not listen is refused")
    func notListening() {
        let error = #expect(throws: SocketError.self) { try ListeningSocket.inherited(descriptor: 0) }
        #expect(error?.code == .notListening)
    }

    @Test("a graceful stop answers what is in flight and accepts nothing new")
    func gracefulStop() async throws {
        try await TestSockets.serve { sockets in
            let turnstile = sockets.frontend.turnstile
            turnstile.close()
            // One of its own: the others are closed as soon as the servers have ended, whether their answers are read or not.
            let client = try await LocalConnection.connect(socketPath: sockets.frontendPath)
            async let answer = client.send("GET", "/v1/registration", token: SamplePeople.token)
            await turnstile.somebodyWaits()
            let stopping = Task { await sockets.stop() }
            // Nobody is accepted any more once the listening socket is gone.
            while let another = try? await LocalConnection.connect(socketPath: sockets.frontendPath) {
                await another.close()
            }
            turnstile.open()
            let answered = try await answer
            #expect(answered.status == 200)
            await stopping.value
            await client.close()
        }
    }

    @Test("a stop answers who had connected before it and asks only then")
    func firstRequestAfterStop() async throws {
        var options = TestSockets.Options()
        options.limits.firstRequest = .seconds(60)
        try await TestSockets.serve(options) { sockets in
            let path = sockets.frontendPath
            let early = try await onThread { try RawConnection(path: path) }
            // Accepted in their order: this one is answered, so that both are accepted.
            let idle = try await onThread { try RawConnection(path: path) }
            try await onThread {
                idle.send(Self.health)
                #expect(idle.receive(until: "}").hasPrefix("HTTP/1.1 200 "))
            }
            _ = try await (sockets.client.send("GET", "/health"), sockets.admin.send("GET", "/health"))
            let stopping = Task { await sockets.stop() }
            // The stop has come to the connections: who is idle after a request is let go.
            try await onThread {
                defer { idle.end() }
                #expect(idle.receive() == "")
            }
            let answer = try await onThread {
                defer { early.end() }
                early.send(Self.health)
                return early.receive()
            }
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
            await stopping.value
        }
    }

    @Test("a stop answers at once who waits for a challenge")
    func stopEndsWaiting() async throws {
        try await TestSockets.serve { sockets in
            await sockets.frontend.script(challenge: Array(repeating: .pending, count: 1000))
            let client = try await LocalConnection.connect(socketPath: sockets.frontendPath)
            async let answer = client.send(
                "GET",
                "/v1/resets/current/challenges/c1?wait=30s",
                token: SamplePeople.token
            )
            while await sockets.frontend.calls.isEmpty { await Task.yield() }
            await sockets.stop()
            let state = try await Shape(answer)["state"]
            #expect(state == "pending")
            await client.close()
        }
    }

    @Test("64 connections at once all get their own answers")
    func manyConnections() async throws {
        try await TestSockets.serve { sockets in
            let path = sockets.adminPath
            try await withThrowingTaskGroup { group in
                for _ in 1...64 {
                    group.addTask {
                        let client = try await LocalConnection.connect(socketPath: path)
                        for name in ["alice", "bob", "nobody"] {
                            let response = try await client.send("GET", "/v1/admin/users/\(name)")
                            #expect(response.status == (name == "nobody" ? 404 : 200))
                            if name != "nobody" { #expect(try Shape(response)["login"] == name) }
                        }
                        await client.close()
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("requests sent without waiting are answered in their order")
    func pipelining() async throws {
        try await TestSockets.serve { sockets in
            async let first = sockets.admin.send("GET", "/v1/admin/users/alice")
            async let second = sockets.admin.send("GET", "/v1/admin/users/bob")
            let answers = try await [Shape(first), Shape(second)]
            #expect(answers.map { $0["login"] } == ["alice", "bob"])
        }
    }

    @Test("a client says what is wrong with a socket that nobody serves")
    func unreachable() async throws {
        let error = await #expect(throws: LocalClientError.self) {
            try await LocalConnection.connect(socketPath: "/tmp/no-such-socket")
        }
        #expect(error?.code == .unreachable)
        #expect(error?.detail == "There is no socket there.")
    }

    private func boundDescriptor(_ path: String) throws -> CInt {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { rebound in
                unsafe bind(descriptor, rebound, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(result == 0)
        try #require(listen(descriptor, 8) == 0)
        return descriptor
    }
}
