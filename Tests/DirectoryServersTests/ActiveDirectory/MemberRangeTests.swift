import LDAPClient
import LatchkeyTesting
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
