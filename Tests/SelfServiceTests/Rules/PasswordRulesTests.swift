import Testing

@testable import SelfService

@Suite("Rules for new passwords")
struct PasswordRulesTests {
    private let rules = PasswordRules(minimumLength: 15, blocklist: ["correct horse battery"])

    private func broken(_ text: String) -> [RefusalReason] {
        rules.check(Password(text), directory: DirectoryPasswordRules(minimumLength: 8))
            .filter { !$0.satisfied }.map(\.reason)
    }

    @Test("each broken rule is named with its reason")
    func reasons() {
        #expect(broken("a long enough password") == [])
        #expect(broken("short") == [.passwordTooShort, .passwordTooShort])
        #expect(broken("between8+15") == [.passwordTooShort])
        #expect(broken("Correct Horse Battery") == [.passwordBlocked])
        #expect(broken(String(repeating: "x", count: 257)) == [.passwordTooLong])
    }

    @Test("length counts code points, not bytes")
    func codePoints() {
        #expect(broken(String(repeating: "ä", count: 15)) == [])
    }

    @Test("a password never shows in a description, a dump or a debugger")
    func neverDescribed() {
        let password = Password("s3cret-s3cret")
        var dumped = ""
        dump(password, to: &dumped)
        #expect(!"\(password) \(String(reflecting: password)) \(dumped)".contains("s3cret"))
    }
}
