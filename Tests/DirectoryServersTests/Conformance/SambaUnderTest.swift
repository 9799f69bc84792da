import DirectoryServers
import Foundation
import LatchkeyTesting

/// A Samba domain controller, followed by DirSync, or asked at intervals.
struct SambaUnderTest: DirectoryUnderTest {
    let samba: SambaFixture
    let polls: Bool

    var settings: DirectorySettings {
        get throws {
            var settings = try DirectorySettings.of(samba)
            if polls { settings.follow = .poll }
            return settings
        }
    }
    var strategy: String { polls ? "usn-polling" : "dirsync" }
    var folder: URL { samba.directory }

    private func outside(_ login: String) -> String { "CN=\(login),OU=Elsewhere,\(samba.suffix)" }

    func addPerson(_ login: String) async throws { try await addPeople([login]) }

    func addPeople(_ logins: [String]) async throws {
        try await samba.modify(logins.map { SambaContent.add($0) }.joined())
    }

    func setMail(_ login: String, _ mail: String) async throws {
        try await samba.modify(SambaContent.replace("mail", mail, of: samba.person(login)))
    }

    /// The entry's name and the login are two things here.
    func rename(_ login: String, to new: String) async throws {
        try await samba.modify(
            SambaContent.rename(samba.person(login), to: "CN=\(new)")
                + SambaContent.replace("sAMAccountName", new, of: samba.person(new))
        )
    }

    func deletePerson(_ login: String) async throws {
        try await samba.modify(SambaContent.delete(samba.person(login)))
    }

    func moveOut(_ login: String) async throws {
        let place = "OU=Elsewhere,\(samba.suffix)"
        try await samba.modify(SambaContent.rename(samba.person(login), to: "CN=\(login)", below: place))
    }

    func moveIn(_ login: String) async throws {
        let place = "OU=Staff,\(samba.suffix)"
        try await samba.modify(SambaContent.rename(outside(login), to: "CN=\(login)", below: place))
    }

    func join(_ login: String, _ group: String) async throws {
        try await samba.modify(SambaContent.addMember(samba.person(login), to: samba.group(group)))
    }

    func leave(_ login: String, _ group: String) async throws {
        try await samba.modify(SambaContent.removeMember(samba.person(login), from: samba.group(group)))
    }

    func start() async throws { try await samba.start() }
    func kill() async { await samba.kill() }
}
