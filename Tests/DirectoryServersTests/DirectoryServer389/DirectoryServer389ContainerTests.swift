import DirectoryServers
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

/// Failure mode 9 of the field on a server that says nothing of it either.
@Suite("A container that is renamed or moved on 389 Directory Server")
struct DirectoryServer389ContainerTests {
    /// A server whose Nora stands in `ou=staff,ou=people`.
    private func withStaff(_ body: (DirectoryServer389Fixture, DirectoryServer389UnderTest) async throws -> Void)
        async throws
    {
        try await withDirectoryServer389 { server in
            try await make("ou=staff,ou=people", server)
            try await add("nora", below: "ou=staff,ou=people", server)
            try await body(server, DirectoryServer389UnderTest(server: server))
        }
    }

    private func make(_ unit: String, _ server: DirectoryServer389Fixture) async throws {
        try await server.add("dn: \(unit),\(server.suffix)\nobjectClass: organizationalUnit\n")
    }

    private func add(_ login: String, below unit: String, _ server: DirectoryServer389Fixture) async throws {
        try await server.add(
            "dn: uid=\(login),\(unit),\(server.suffix)\nobjectClass: inetOrgPerson\ncn: \(login)\nsn: \(login)\n"
        )
    }

    private func rename(_ unit: String, to name: String, _ server: DirectoryServer389Fixture) async throws {
        try await server.modify(
            "dn: \(unit),\(server.suffix)\nchangetype: modrdn\nnewrdn: \(name)\ndeleteoldrdn: 1\n"
        )
    }

    private func name(_ login: String, _ follower: Follower) async throws -> String? {
        try await follower.mirror.user(login: login)?.dn.lowercased()
    }

    @Test("failure mode 9: gives those below it their new names, and they stay who they are")
    func renamed() async throws {
        try await withStaff { server, directory in
            try await directory.followed { (follower) async throws in
                let id = try await follower.mirror.user(login: "nora")?.id
                try await rename("ou=staff,ou=people", to: "ou=team", server)
                try await eventually("the new name") {
                    try await name("nora", follower) == "uid=nora,ou=team,ou=people,\(server.suffix)"
                }
                #expect(try await follower.mirror.user(login: "nora")?.id == id)
            }
        }
    }

    @Test("failure mode 9: while nobody follows is noticed at the next start")
    func offline() async throws {
        try await withStaff { server, directory in
            let folder = try directory.mirrorFolder()
            _ = try await directory.followed(in: folder) { $0.mirror.generation }
            try await rename("ou=staff,ou=people", to: "ou=team", server)
            try await directory.followed(in: folder) { (follower) async throws in
                try await eventually("the new name") {
                    try await name("nora", follower) == "uid=nora,ou=team,ou=people,\(server.suffix)"
                }
            }
        }
    }

    @Test("is told from one that is made: that costs no second reading")
    func made() async throws {
        try await withStaff { server, directory in
            try await directory.followed { (follower) async throws in
                try await make("ou=new,ou=people", server)
                try await add("otto", below: "ou=new,ou=people", server)
                try await eventually("otto is there") { try await follower.mirror.user(login: "otto") != nil }
                #expect(follower.notices.all.filter { $0.contains("caught up") }.count == 1)
            }
        }
    }
}
