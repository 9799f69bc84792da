import LDAPClient
import LatchkeyTesting
import Testing

@Suite("A content synchronisation")
struct SyncTests {
    private func refreshed(_ slapd: SlapdFixture, cookie: [UInt8]? = nil) async throws -> Refresh {
        let connection = try await connected(slapd)
        var followed = try await Followed(connection, try people(slapd, .refreshOnly, cookie: cookie))
        return try await followed.refresh()
    }

    @Test("refreshes everything with its identifiers and a cookie, over each transport", arguments: ["ldap", "ldaps"])
    func refresh(_ scheme: String) async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd, over: scheme == "ldaps" ? slapd.tlsURI : slapd.uri)
            var followed = try await Followed(connection, try people(slapd, .refreshOnly))
            let refresh = try await followed.refresh()
            #expect(refresh.logins == ["alice", "bob", "carol", "dave", "erin"])
            #expect(refresh.entries.allSatisfy { $0.state == .add })
            #expect(refresh.cookie.map { String(decoding: $0, as: UTF8.self) }?.hasPrefix("rid=") == true)
            let expected = try await slapd.search("(uid=alice)", ["entryUUID"]).first?["entryUUID"]?.first
            let alice = try #require(refresh.entries.first { $0.entry.string("uid") == "alice" })
            let hex = alice.id.bytes.map { byte in [byte >> 4, byte & 15].map { String($0, radix: 16) }.joined() }
                .joined()
            #expect(hex == expected?.replacing("-", with: ""))
            let end = try await followed.next()
            #expect(end == nil)
        }
    }

    @Test("follows additions, changes, renames and deletions as they happen, each with a cookie")
    func persist() async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            var followed = try await Followed(connection, try people(slapd, .refreshAndPersist))
            let refresh = try await followed.refresh()
            #expect(refresh.entries.count == 5 && refresh.cookie != nil)

            try await slapd.add(SlapdContent.person("frank", below: slapd.suffix))
            let added = try await followed.nextEntry()
            #expect(added.state == .add && added.entry.string("uid") == "frank" && added.cookie != nil)

            try await slapd.modify(
                "dn: \(slapd.person("frank"))\nchangetype: modify\nreplace: mail\nmail: new@example.com\n"
            )
            let changed = try await followed.nextEntry()
            #expect(changed.state == .modify && changed.entry.string("mail") == "new@example.com")
            #expect(changed.id == added.id)

            try await slapd.modify(
                "dn: \(slapd.person("frank"))\nchangetype: modrdn\nnewrdn: uid=franka\ndeleteoldrdn: 1\n"
            )
            let renamed = try await followed.nextEntry()
            #expect(renamed.id == added.id && renamed.entry.dn == slapd.person("franka"))

            try await slapd.modify("dn: \(slapd.person("franka"))\nchangetype: delete\n")
            let deleted = try await followed.nextEntry()
            #expect(deleted.state == .delete && deleted.id == added.id)
        }
    }

    @Test("lets two searches and a probe share one connection")
    func sharedConnection() async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            var users = try await Followed(connection, try people(slapd, .refreshAndPersist))
            var request = try people(slapd, .refreshAndPersist)
            request.search.base = try DistinguishedName("ou=groups,\(slapd.suffix)")
            request.search.filter = .equal("objectClass", "groupOfNames")
            request.search.attributes = ["cn", "member"]
            var roles = try await Followed(connection, request)
            let (people, groups) = (try await users.refresh(), try await roles.refresh())
            #expect(people.entries.count == 5 && groups.entries.count == 4)
            try await slapd.modify(
                "dn: \(slapd.group("all"))\nchangetype: modify\nadd: member\nmember: \(slapd.person("erin"))\n"
            )
            let group = try await roles.nextEntry()
            #expect(group.entry.strings("member").contains(slapd.person("erin")))
            let dse = try await connection.rootDSE()
            #expect(dse.supportsContentSync)
            try await slapd.modify("dn: \(slapd.person("erin"))\nchangetype: delete\n")
            let user = try await users.nextEntry()
            #expect(user.state == .delete)
        }
    }

    @Test("resumes from a cookie: only what changed", arguments: [10_000, nil])
    func resume(_ sessionLog: Int?) async throws {
        try await withSlapd(.with { $0.sessionLog = sessionLog }) { slapd in
            let first = try await refreshed(slapd)
            try await slapd.modify(
                "dn: \(slapd.person("bob"))\nchangetype: modify\nreplace: mail\nmail: new@example.com\n"
            )
            try await slapd.modify("dn: \(slapd.person("carol"))\nchangetype: delete\n")
            let second = try await refreshed(slapd, cookie: first.cookie)
            let carol = try #require(first.entries.first { $0.entry.string("uid") == "carol" }).id
            #expect(second.logins == ["bob"])
            if sessionLog == nil {
                #expect(!second.deletes)
                let named = Set(second.present).union(second.entries.map(\.id))
                #expect(named == Set(first.entries.map(\.id)).subtracting([carol]))
            } else {
                #expect(second.deletes && second.deleted.contains(carol))
            }
            #expect(second.cookie != nil && second.cookie != first.cookie)
        }
    }

    @Test("after a restart of the server resumes too: changed entries in full, the others named present")
    func resumeAfterRestart() async throws {
        try await withSlapd { slapd in
            let first = try await refreshed(slapd)
            try await slapd.modify("dn: \(slapd.person("carol"))\nchangetype: delete\n")
            try await slapd.restart()
            let second = try await refreshed(slapd, cookie: first.cookie)
            let gone = try #require(first.entries.first { $0.entry.string("uid") == "carol" }).id
            #expect(second.entries.isEmpty && !second.deletes)
            #expect(Set(second.present) == Set(first.entries.map(\.id)).subtracting([gone]))
        }
    }

    @Test("of what has not changed says nothing and leaves the cookie as it is")
    func unchanged() async throws {
        try await withSlapd { slapd in
            let first = try await refreshed(slapd)
            let second = try await refreshed(slapd, cookie: first.cookie)
            #expect(second.entries.isEmpty && second.present.isEmpty && second.deleted.isEmpty)
            #expect(second.cookie == nil)
        }
    }

    @Test("with a cookie that means nothing delivers everything")
    func garbageCookie() async throws {
        try await withSlapd { slapd in
            let refresh = try await refreshed(slapd, cookie: Array("abc".utf8))
            #expect(refresh.entries.count == 5)
        }
    }

    @Test("from a cookie newer than the server is refused")
    func cookieFromTheFuture() async throws {
        try await withSlapd { slapd in
            let cookie = Array("rid=000,csn=20991231235959.000000Z#000000#000#000000".utf8)
            let error = await #expect(throws: LDAPError.self) { try await refreshed(slapd, cookie: cookie) }
            #expect(error?.code == .unwillingToPerform)
        }
    }

    @Test("failure mode 3: cut off by a size limit is an error, never an end")
    func sizeLimit() async throws {
        try await withSlapd(.with { $0.sizeLimit = 3 }) { slapd in
            let error = await #expect(throws: LDAPError.self) { try await refreshed(slapd) }
            #expect(error?.code == .sizeLimitExceeded && error?.operation == "sync")
        }
    }
}
