import Foundation
import Testing

@testable import DirectoryServers

@Suite("Polling: positions, times, unique names")
struct PurePollingTests {
    @Test("a position is read as it was written, and nothing else is one")
    func cookies() {
        let cookie = PollingCookie(idAttribute: "entryUUID", mark: "20260101000000Z")
        #expect(PollingCookie(cookie.bytes) == cookie)
        let empty = PollingCookie(idAttribute: "entryUUID", mark: "")
        #expect(PollingCookie(empty.bytes) == empty)
        for text in ["", "abc", "entryUUID yesterday", "a b c"] { #expect(PollingCookie(Array(text.utf8)) == nil) }
    }

    @Test(
        "a time is written as servers write it",
        arguments: ["20260101000000Z", "19991231235959Z", "09990203040506Z"]
    )
    func times(text: String) throws {
        #expect(GeneralizedTime.text(try #require(GeneralizedTime.date(text))) == text)
    }

    @Test(
        "the bits after a unique name are left out, and nothing else is",
        arguments: [
            ("cn=a,o=b#'0101'B", "cn=a,o=b"), ("cn=a,o=b", "cn=a,o=b"), ("cn=a#'2'B", "cn=a#'2'B"),
            ("cn=a#b,o=c", "cn=a#b,o=c"), ("cn=a#''B", "cn=a"),
        ]
    )
    func uniqueNames(value: String, expected: String) {
        #expect(EntryReader.withoutUniqueID(value) == expected)
    }
}
