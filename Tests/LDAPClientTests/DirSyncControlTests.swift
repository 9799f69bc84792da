import Testing

@testable import LDAPClient

@Suite("Active Directory's controls and names")
struct DirSyncControlTests {
    @Test("a DirSync request is a sequence of flags, size and cookie; the flags are a signed number")
    func request() throws {
        let control = DirSyncControl.request(flags: [.objectSecurity, .incrementalValues], cookie: [7, 8])
        #expect(control.oid == "1.2.840.113556.1.4.841" && control.isCritical)
        #expect(control.value == [0x30, 13, 2, 4, 0x80, 0, 0, 1, 2, 1, 0, 4, 2, 7, 8])
    }

    @Test("a DirSync response tells the cookie and whether there is more")
    func response() throws {
        let value: [UInt8] = [0x30, 10, 2, 1, 1, 2, 1, 0, 4, 2, 9, 9]
        #expect(try DirSyncControl.response(value) == DirSyncResponse(cookie: [9, 9], hasMore: true))
    }

    @Test("bytes that are no response are an error, wherever they are cut and whichever is changed")
    func hostile() throws {
        let value: [UInt8] = [0x30, 10, 2, 1, 0, 2, 1, 0, 4, 2, 9, 9]
        for length in 0..<value.count {
            #expect(throws: BERError.self) { try DirSyncControl.response(Array(value.prefix(length))) }
            #expect(throws: BERError.self) { try PagedResults.cookie(Array(value.prefix(length))) }
        }
        for index in value.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = value
                changed[index] = byte
                _ = try? DirSyncControl.response(changed)
                _ = try? PagedResults.cookie(changed)
            }
        }
    }

    @Test("a GUID's first three fields are turned round")
    func guid() throws {
        let wire = [UInt8](0..<16)
        let guid = try #require(ObjectGUID(wire: wire))
        #expect(guid.bytes == [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15])
        #expect(DistinguishedName.objectGUID(guid).text == "<GUID=000102030405060708090a0b0c0d0e0f>")
        #expect(ObjectGUID(wire: Array(wire.dropLast())) == nil && ObjectGUID(wire: wire + [0]) == nil)
    }

    @Test("a range names its attribute and its bounds")
    func range() throws {
        let whole = try #require(AttributeRange("member;range=0-1499", of: "member"))
        #expect(whole.first == 0 && whole.last == 1499)
        let rest = try #require(AttributeRange("MEMBER;Range=1500-*", of: "member"))
        #expect(rest.first == 1500 && rest.last == nil)
        #expect(AttributeName("member").range(from: 1500).text == "member;range=1500-*")
        #expect(AttributeName("member").range(from: 10, count: 10).text == "member;range=10-19")
    }

    @Test(
        "what is no range of the attribute is none",
        arguments: [
            "member", "member;", "member;range", "member;range=", "member;range=1", "member;range=-1",
            "member;range=*-1",
            "member;range=2-1", "member;range=a-b", "member;range=0-1-2", "member;range=+0-1", "member;range=0-1;x",
            "member;range=0-99999999999999999999", "memberOf;range=0-1", "member;lang-de", "",
        ]
    )
    func noRange(_ text: String) {
        #expect(AttributeRange(text, of: "member") == nil)
    }

    @Test(
        "failure mode 7: of a large group as Windows sends it the values are those of the range, not of the empty attribute"
    )
    func windowsGroup() throws {
        let entry = try SearchEntry(made: [("member", []), ("member;range=0-1", ["cn=a", "cn=b"])])
        #expect(entry.strings("member") == [])
        let part = try #require(entry.partialStrings("member"))
        #expect(part.values == ["cn=a", "cn=b"] && part.range.first == 0 && part.range.last == 1)
        #expect(try SearchEntry(made: [("member", ["cn=a"])]).partialStrings("member") == nil)
    }
}

extension SearchEntry {
    /// An entry as it would come from a server.
    init(made attributes: [(String, [String])]) throws {
        var writer = BERWriter()
        writer.octets(Array("cn=made".utf8))
        writer.constructed { list in
            for (name, values) in attributes {
                list.constructed { attribute in
                    attribute.octets(Array(name.utf8))
                    attribute.constructed(BERTag.set) { set in
                        for value in values { set.octets(Array(value.utf8)) }
                    }
                }
            }
        }
        let bytes = writer.bytes
        try self.init(ServerMessage(id: 1, tag: ServerMessage.searchEntry, bytes: bytes, operationLength: bytes.count))
    }
}
