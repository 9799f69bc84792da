import Foundation
import Identity
import LatchkeyTesting
import LocalAPI
import LocalClient
import LocalServer
import SelfService
import Testing

@Suite("The vault's routes and verbs")
struct VaultRoutesTests {
    private static let alice = SamplePeople.alice.id.description

    private func body(_ text: String) -> Data { Data(text.utf8) }

    @Test("a backup names its file, and a directory that does not do is 422 with what is wrong")
    func backup() async throws {
        try await TestSockets.serve { sockets in
            let path = Routes.Admin.vaultBackups
            let done = try await sockets.admin.send("POST", path, body: body(#"{"directory":"/backups"}"#))
            #expect(done.status == 201)
            let document = try sockets.admin.read(BackupDocument.self, done)
            #expect(document.path == "/backups/vault.sqlite" && document.people == 2 && document.auditSequence == 17)
            for directory in [#""relative""#, #""/nowhere""#, #""/a\u0000b""#] {
                let refused = try await sockets.admin.send("POST", path, body: body(#"{"directory":\#(directory)}"#))
                #expect(refused.status == 422, "\(directory)")
                #expect(String(decoding: refused.body, as: UTF8.self).contains(#""field":"directory""#))
            }
        }
    }

    @Test("a rotation is begun once, and shows what is left")
    func rotation() async throws {
        try await TestSockets.serve { sockets in
            let before = try await sockets.admin.send("GET", Routes.Admin.vaultKeys)
            #expect(try sockets.admin.read(VaultKeysDocument.self, before).complete)
            let begun = try await sockets.admin.send("POST", Routes.Admin.vaultRotations)
            #expect(begun.status == 202)
            let status = try sockets.admin.read(VaultKeysDocument.self, begun)
            #expect(!status.complete && status.remaining == ["method": 3] && status.formerKeys == ["k1"])
            #expect(try await sockets.admin.send("POST", Routes.Admin.vaultRotations).status == 409)
            await sockets.vault.breakDown()
            #expect(try await sockets.admin.send("GET", Routes.Admin.vaultKeys).status == 503)
        }
    }

    @Test("a person is exported and erased by login, or by the directory's id, with a reason")
    func person() async throws {
        try await TestSockets.serve { (sockets: TestSockets) async throws in
            for name in ["alice", Self.alice] {
                for route in [Routes.Admin.userExports, Routes.Admin.userErasures] {
                    let path = Routes.fill(route, name)
                    #expect(try await sockets.admin.send("POST", path, body: body("{}")).status == 400)
                    #expect(try await sockets.admin.send("POST", path, body: body(#"{"reason":" "}"#)).status == 422)
                    #expect(try await sockets.admin.send("POST", path, body: body(#"{"reason":"r"}"#)).status == 200)
                }
            }
            let calls = await sockets.vault.calls
            #expect(calls.map { $0[0] } == ["export", "erase", "export", "erase"])
            #expect(calls.allSatisfy { $0[1] == Self.alice && $0[2] == "r" && $0[3].contains("uid: \(geteuid())") })
            let unknown = Routes.fill(Routes.Admin.userErasures, "nobody")
            #expect(try await sockets.admin.send("POST", unknown, body: body(#"{"reason":"r"}"#)).status == 404)
            await sockets.vault.holdWrite()
            let path = Routes.fill(Routes.Admin.userErasures, "alice")
            #expect(try await sockets.admin.send("POST", path, body: body(#"{"reason":"r"}"#)).status == 409)
        }
    }

    @Test("all of it needs the capability vault", arguments: [true, false])
    func capability(may: Bool) async throws {
        var options = TestSockets.Options()
        options.administrators = [AdministratorGrant(.user(geteuid()), may: may ? [.vault] : [.lookUp, .audit, .sync])]
        try await TestSockets.serve(options) { (sockets: TestSockets) async throws in
            let requests = [
                ("GET", Routes.Admin.vaultKeys, ""), ("POST", Routes.Admin.vaultRotations, "{}"),
                ("POST", Routes.Admin.vaultBackups, #"{"directory":"/b"}"#),
                ("POST", Routes.fill(Routes.Admin.userExports, "alice"), #"{"reason":"r"}"#),
                ("POST", Routes.fill(Routes.Admin.userErasures, "alice"), #"{"reason":"r"}"#),
            ]
            for (method, path, text) in requests {
                let response = try await sockets.admin.send(method, path, body: text.isEmpty ? nil : body(text))
                #expect((response.status == 403) == !may, "\(method) \(path): \(response.status)")
            }
            #expect(await sockets.vault.calls.isEmpty == !may)
        }
    }
}
