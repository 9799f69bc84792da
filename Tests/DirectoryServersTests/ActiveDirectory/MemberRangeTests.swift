import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@testable import DirectoryServers

@Suite("A group whose members come in parts")
struct MemberRangeTests {
    /// Samba sends parts to whoever asks for them, and never otherwise.
    @Test("failure mode 7: has all of them, each once, wherever the parts end", arguments: [1, 7, 10, 30, 31])
    func parts(_ length: Int) async throws {
        try await withSamba { samba in
            let logins = (0..<30).map { "p\($0)" }
            let members = logins.map { "member: \(samba.person($0))\n" }.joined()
            try await samba.modify(
                logins.map { SambaContent.add($0) }.joined()
                    + "dn: \(samba.group("many"))\nchangetype: add\nobjectClass: group\nsAMAccountName: many\n\(members)\n"
            )
            let connection = try await ServiceConnector(settings: .of(samba)).connect()
            let found = try await connection.entry(
                try DistinguishedName(samba.group("many")),
                attributes: ["objectGUID", AttributeName("member").range(from: 0, count: length)]
            )
            let entry = try #require(found)
            #expect(entry.strings("member").isEmpty && entry.partialStrings("member") != nil)
            let ranges = MemberRanges(connection: connection, member: "member", partLength: length)
            let all = try #require(try await ranges.members(of: entry))
            #expect(all.count == 30 && Set(all) == Set(logins.map(samba.person)))
        }
    }

    @Test("failure mode 7: that changes between two parts has everybody of before or of after, each once")
    func changed() async throws {
        try await withSamba { samba in
            let logins = (0..<60).map { "p\($0)" }
            let members = logins.map { "member: \(samba.person($0))\n" }.joined()
            try await samba.modify(
                logins.map { SambaContent.add($0) }.joined()
                    + "dn: \(samba.group("many"))\nchangetype: add\nobjectClass: group\nsAMAccountName: many\n\(members)\n"
            )
            let connection = try await ServiceConnector(settings: .of(samba)).connect()
            let asked = [AttributeName("objectGUID"), AttributeName("member").range(from: 0, count: 1)]
            let entry = try #require(
                try await connection.entry(try DistinguishedName(samba.group("many")), attributes: asked)
            )
            // The first one goes: those behind move up, and a part that is asked for next misses one.
            let first = try #require(entry.partialStrings("member")?.values.first)
            let ranges = MemberRanges(connection: connection, member: "member", partLength: 1)
            async let read = ranges.members(of: entry)
            try await samba.modify(
                "dn: \(samba.group("many"))\nchangetype: modify\ndelete: member\nmember: \(first)\n"
            )
            let found = try #require(try await read)
            let all = Set(logins.map(samba.person))
            #expect(Set(found).count == found.count)
            #expect(Set(found) == all || Set(found) == all.subtracting([first]))
        }
    }

    /// Three parts of the 1,500 that Active Directory gives at once (MaxValRange). Samba 4.17 has no such limit: its LDAP
    /// server reads MaxPageSize, MaxConnIdleTime, MaxNotificationPerConn and MaxQueryDuration of the query policy and
    /// nothing else, and so sends all members to whoever asks for all. The parts are asked for here.
    @Test("failure mode 7: of 3,001 members has all, in three parts as in one answer, and so has the mirror")
    func large() async throws {
        try await withSamba { samba in
            let count = 3_001
            try await samba.addMany(count)
            let all = Set((0..<count).map { "CN=p\($0),OU=Sales,OU=Staff,\(samba.suffix)" })
            let connection = try await ServiceConnector(settings: .of(samba)).connect()
            let group = try DistinguishedName(samba.group("many"))
            let member = AttributeName("member")
            let first = try #require(
                try await connection.entry(group, attributes: ["objectGUID", member.range(from: 0, count: 1_500)])
            )
            #expect(first.partialStrings(member)?.values.count == 1_500)
            let parts = MemberRanges(connection: connection, member: member, partLength: 1_500)
            let found = try #require(try await parts.members(of: first))
            #expect(found.count == count && Set(found) == all)
            let whole = try #require(try await connection.entry(group, attributes: [member]))
            #expect(whole.strings(member).count == count)
            await connection.close()
            try await withFollower(.of(samba), folder: mirrorFolder(samba)) { (follower) async throws in
                try await eventually("the mirror is live") {
                    await follower.engine.status().state == .live
                }
                #expect(try await follower.people() == count + 5)
                #expect(try await follower.mirror.roles(named: "many").first?.memberCount == count)
                #expect(try await follower.roles("p3000") == ["many"])
            }
        }
    }

    @Test("that is gone meanwhile has none")
    func gone() async throws {
        try await withSamba { samba in
            let connection = try await ServiceConnector(settings: .of(samba)).connect()
            let found = try await connection.entry(
                try DistinguishedName(samba.group("staff")),
                attributes: ["objectGUID", "member;range=0-0"]
            )
            try await samba.modify(SambaContent.delete(samba.group("staff")))
            let members = try await MemberRanges(connection: connection, member: "member")
                .members(of: try #require(found))
            #expect(members == nil)
        }
    }
}
