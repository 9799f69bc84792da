import Identity
import Testing

@testable import SelfService

@Suite("A password made of the person's own names")
struct PersonalWordsTests {
    private let words = PersonalWords(
        User(
            id: EntryID(folding: [1]),
            dn: "uid=zoe.mueller",
            login: "zoe.mueller",
            displayName: "Zoë Anne Müller",
            email: "zm2024@example.org"
        )
    )

    @Test(
        "is refused whatever is put around them (NIST SP 800-63B-4, 3.1.1.2)",
        arguments: [
            "zoe.mueller", "Zoe.Mueller2026!", "ZOEANNEMULLER", "müller-müller-müller", "1234zoe5678anne",
            "Anne!Zoë!99",
            "zm2024@example.org",
        ]
    )
    func own(password: String) { #expect(words.make(password)) }

    @Test(
        "is taken once there is anything else in it",
        arguments: ["zoe likes tea", "annexe of the müller", "1234567890", "", "zo", "an", "correct horse battery"]
    )
    func others(password: String) { #expect(!words.make(password)) }

    @Test("is one rule of the check, and of the reset itself")
    func rule() {
        let user = User(id: EntryID(folding: [1]), dn: "uid=alice", login: "alice", displayName: "Alice Liddell")
        let found = PasswordRules().check(
            Password("Alice-Liddell-1865"),
            directory: DirectoryPasswordRules(),
            person: user
        )
        #expect(found.filter { !$0.satisfied }.map(\.id) == ["personal"])
        #expect(found.first { $0.id == "personal" }?.reason == .passwordBlocked)
    }
}
