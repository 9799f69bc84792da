import Foundation
import Identity
import Testing

@Suite("What a directory compares")
struct MatchKeyTests {
    @Test("case and needless spaces do not count")
    func spaces() {
        #expect(MatchKey("  Anna \t  MAIER ").text == "anna maier")
        #expect(MatchKey("").text.isEmpty && MatchKey(" \n ").text.isEmpty)
    }

    @Test("a letter of Latin-1 has the key that Unicode's rules give it, composed or not, also beside other letters")
    func latin() {
        for scalar in [0x21...0x7E, 0xC0...0xFF].joined().compactMap(Unicode.Scalar.init) {
            let letter = String(scalar)
            let key = MatchKey(letter).text
            #expect(key == letter.precomposedStringWithCompatibilityMapping.lowercased())
            #expect(MatchKey(letter.decomposedStringWithCanonicalMapping).text == key)
            #expect(MatchKey("Ω\(letter)").text == "ω\(key)")
        }
    }

    @Test("compatibility forms and combining marks are the letters that they look like")
    func compatibility() {
        #expect(MatchKey("ﬁx ＡＢ").text == "fix ab")
        #expect(MatchKey("Zoe\u{308}").text == MatchKey("ZOË").text)
        #expect(MatchKey("e\u{301}\u{302}") != MatchKey("é"))
    }
}
