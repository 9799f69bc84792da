import DirectoryServers
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

/// Failure mode 9 of the field: servers say nothing of the entries below a container that moves (RFC 4533, 4.1).
@Suite("A container that is renamed or moved")
struct ContainerTests {
    /// A slapd whose people stand in `ou=staff,ou=people`, beside an `ou=elsewhere` that is out of scope.
    private func withStaff(_ body: (SlapdFixture, DirectorySettings) async throws -> Void) async throws {
        try await withSlapd { slapd in
            for ou in ["ou=staff,ou=people", "ou=elsewhere"] {
                try await slapd.modify(
                    "dn: \(ou),\(slapd.suffix)\nchangetype: add\nobjectClass: organizationalUnit\n"
                )
            }
            try await slapd.modify(add("nora", below: "ou=staff,ou=people,\(slapd.suffix)"))
            try await body(slapd, try DirectorySettings.of(slapd))
        }
    }

    private func add(_ login: String, below parent: String) -> String {
        "dn: uid=\(login),\(parent)\nchangetype: add\nobjectClass: inetOrgPerson\ncn: \(login)\nsn: \(login)\n"
    }

    private func rename(_ dn: String, to name: String, below parent: String, _ slapd: SlapdFixture) async throws {
        try await slapd.modify(
            "dn: \(dn)\nchangetype: modrdn\nnewrdn: \(name)\ndeleteoldrdn: 1\nnewsuperior: \(parent)\n"
        )
    }

    /// Changes the entry until its times of making and of changing differ: they count in seconds.
    private func touch(_ dn: String, _ slapd: SlapdFixture) async throws {
        try await eventually("a second passes") {
            try await slapd.modify("dn: \(dn)\nchangetype: modify\nreplace: description\ndescription: touched\n")
            let entry = try await slapd.search("(ou=staff)", ["createTimestamp", "modifyTimestamp"]).first
            return entry?["createTimestamp"] != entry?["modifyTimestamp"]
        }
    }

    private func dn(_ login: String, _ follower: Follower) async throws -> String? {
        try await follower.mirror.user(login: login)?.dn
    }

    @Test("failure mode 9: gives those below it their new names, at once")
    func renamed() async throws {
        try await withStaff { slapd, settings in
            try await withFollower(settings, folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                let people = "ou=people,\(slapd.suffix)"
                let id = try await follower.mirror.user(login: "nora")?.id
                try await rename("ou=staff,\(people)", to: "ou=team", below: people, slapd)
                try await eventually("the new name") {
                    try await dn("nora", follower) == "uid=nora,ou=team,\(people)"
                }
                #expect(try await follower.mirror.user(login: "nora")?.id == id)
                try await follower.live()
                #expect(follower.warnings.all.isEmpty)
            }
        }
    }

    @Test("failure mode 9: takes those below it out of scope, and brings them back")
    func outAndIn() async throws {
        try await withStaff { slapd, settings in
            try await withFollower(settings, folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                let people = "ou=people,\(slapd.suffix)"
                let elsewhere = "ou=elsewhere,\(slapd.suffix)"
                try await touch("ou=staff,\(people)", slapd)
                try await rename("ou=staff,\(people)", to: "ou=staff", below: elsewhere, slapd)
                try await eventually("nora is gone") { try await follower.mirror.user(login: "nora") == nil }
                try await rename("ou=staff,\(elsewhere)", to: "ou=staff", below: people, slapd)
                try await eventually("nora is back") { try await follower.mirror.user(login: "nora") != nil }
            }
        }
    }

    @Test("failure mode 9: while nobody follows is noticed at the next start")
    func offline() async throws {
        try await withStaff { slapd, settings in
            let folder = try mirrorFolder(slapd)
            try await withFollower(settings, folder: folder) { try await $0.live() }
            let people = "ou=people,\(slapd.suffix)"
            try await rename("ou=staff,\(people)", to: "ou=team", below: people, slapd)
            try await withFollower(settings, folder: folder) { (follower) async throws in
                try await eventually("the new name") {
                    try await dn("nora", follower) == "uid=nora,ou=team,\(people)"
                }
            }
        }
    }

    @Test("is told from one that is made: that costs no second reading")
    func made() async throws {
        try await withStaff { slapd, settings in
            try await withFollower(settings, folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                let parent = "ou=new,ou=people,\(slapd.suffix)"
                try await slapd.modify("dn: \(parent)\nchangetype: add\nobjectClass: organizationalUnit\n")
                try await slapd.modify(add("otto", below: parent))
                try await eventually("otto is there") { try await follower.mirror.user(login: "otto") != nil }
                #expect(follower.notices.all.filter { $0.contains("caught up") }.count == 1)
            }
        }
    }
}
