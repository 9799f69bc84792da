import Testing

@testable import SelfService

@Suite("Addresses and numbers")
struct MethodValueTests {
    @Test(
        "a number is stored in E.164 form",
        arguments: [
            ("+12025550142", "+12025550142"), ("+1 202-555-0142", "+12025550142"),
            ("  +49 (30) 1234567 ", "+49301234567"),
        ]
    )
    func numbers(typed: String, stored: String) throws {
        #expect(try PhoneNumber(typed: typed).stored == stored)
    }

    @Test(
        "what is not an international number is refused, and the member is named",
        arguments: [
            "", "2025550142", "+0301234567", "+1202555014212345", "+1202abc", "+", "tel:+12025550142", "+1202555٠142",
        ]
    )
    func badNumbers(typed: String) throws {
        let error = #expect(throws: ServiceError.self) { try PhoneNumber(typed: typed).stored }
        #expect(error?.field == "number")
        #expect(error?.code == .invalidValue)
    }

    @Test(
        "an address keeps its local part and folds its domain",
        arguments: [("Alice.B@Example.ORG", "Alice.B@example.org"), (" a+b@x-y.example ", "a+b@x-y.example")]
    )
    func addresses(typed: String, stored: String) throws {
        #expect(try EmailAddress.normalized(typed) == stored)
    }

    @Test(
        "what is not an address is refused",
        arguments: [
            "", "alice", "alice@", "@example.org", "a@b", "a b@example.org", "a@example..org", "a@-x.org",
            ".a@example.org",
            "a@example.org\r\nBcc: x@y.org", "a@b@example.org", "\"a b\"@example.org", "a@[127.0.0.1]", "ä@example.org",
            "a,b@example.org", String(repeating: "a", count: 65) + "@example.org",
        ]
    )
    func badAddresses(typed: String) throws {
        let error = #expect(throws: ServiceError.self) { try EmailAddress.normalized(typed) }
        #expect(error?.field == "address")
    }

    @Test("hints tell neither length nor domain")
    func hints() {
        #expect(Hint.of("alice@example.org", kind: .email) == "a•••@•••")
        #expect(Hint.of("+12025550142", kind: .mobilePhone) == "•••42")
    }
}
