import SelfService
import Testing

@Suite("An answer to a security question")
struct AnswerTextTests {
    @Test(
        "is the same in any case and any compatible form",
        arguments: [
            ("Strauß", "STRAUSS"), ("strauss", "STRAU\u{1E9E}"), ("ﬁnch", "FINCH"), ("Ｋａｔｅ", "kate"),
            ("e\u{301}cole", "École"), ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("1\u{2075}", "15"), ("o\u{323}\u{302}", "\u{1ED9}"),
        ]
    )
    func same(one: String, other: String) {
        #expect(AnswerText.canonical(one) == AnswerText.canonical(other))
        #expect(AnswerText.canonical(AnswerText.canonical(one)) == AnswerText.canonical(one))
    }

    @Test(
        "is another with another spelling, spacing, accent or letter",
        arguments: [
            ("Main Street", "MainStreet"), ("Main Street", "Main  Street"), (" Main", "Main"), ("résumé", "resume"),
            ("ı", "i"), ("colour", "color"), ("0scar", "Oscar"), ("а", "a"),
        ]
    )
    func different(one: String, other: String) {
        #expect(AnswerText.canonical(one) != AnswerText.canonical(other))
    }
}
