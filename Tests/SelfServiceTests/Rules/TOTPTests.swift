import Foundation
import LatchkeyTesting
import SelfService
import Testing

@Suite("Codes of authenticator apps (RFC 6238)")
struct TOTPTests {
    private static let seed = Data("12345678901234567890".utf8)

    /// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
    @Test(
        "are those of the RFC's test vectors",
        arguments: [
            (59.0, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ]
    )
    func vectors(seconds: Double, code: String) {
        #expect(TOTP(seed: Self.seed).code(step: TOTP.step(at: Date(timeIntervalSince1970: seconds))) == code)
    }

    @Test("are right one step either way and no further", arguments: -3...3)
    func drift(steps: Int64) {
        let now = Date(timeIntervalSince1970: 1_234_567_890)
        let totp = TOTP(seed: Self.seed)
        let code = totp.code(step: TOTP.step(at: now) + steps)
        #expect((totp.step(of: code, at: now) != nil) == (abs(steps) <= 1))
    }

    @Test("are accepted once, and never one of an earlier step after a later one")
    func once() {
        let now = Date(timeIntervalSince1970: 1_234_567_890)
        let totp = TOTP(seed: Self.seed)
        let step = TOTP.step(at: now)
        var secret = AuthenticatorSecret(seed: Self.seed)
        let answers = [step, step, step - 1, step + 1].map { secret.accept(totp.code(step: $0), at: now) }
        #expect(answers == [true, false, false, true])
    }

    @Test("may be typed with blanks, and are wrong with anything else", arguments: ["287 082", " 287082 "])
    func blanks(typed: String) {
        let totp = TOTP(seed: Self.seed)
        #expect(totp.step(of: typed, at: Date(timeIntervalSince1970: 59)) == 1)
        for wrong in ["", "28708", "2870820", "٢٨٧٠٨٢", "287083", "-287082"] {
            #expect(totp.step(of: wrong, at: Date(timeIntervalSince1970: 59)) == nil, "\(wrong)")
        }
    }

    @Test("seeds are written in base32", arguments: [("", ""), ("f", "MY"), ("foobar", "MZXW6YTBOI")])
    func base32(text: String, expected: String) {
        // RFC 4648, 10, without padding.
        #expect(Base32.text(Array(text.utf8)) == expected)
    }

    @Test("the URI names the issuer and the account, and nothing in them breaks it")
    func uri() throws {
        let uri = OTPAuthURI.make(issuer: "Ex: Ä & Co", account: "a b?c=d", secret: "MZXW6YTBOI")
        let parts = try #require(URLComponents(string: uri))
        #expect(parts.scheme == "otpauth" && parts.host == "totp")
        #expect(parts.path == "/Ex  Ä & Co:a b?c=d")
        let query = Dictionary(uniqueKeysWithValues: (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") })
        #expect(query["secret"] == "MZXW6YTBOI" && query["issuer"] == "Ex  Ä & Co")
        #expect(query["algorithm"] == "SHA1" && query["digits"] == "6" && query["period"] == "30")
    }

    @Test("oathtool and pyotp agree with us", arguments: [0.0, 59, 1_111_111_109, 1_700_000_000, 20_000_000_000])
    func others(time: Double) async throws {
        let text = Base32.text(Self.seed)
        let code = TOTP(seed: Self.seed).code(step: TOTP.step(at: Date(timeIntervalSince1970: time)))
        let folder = FileManager.default.temporaryDirectory
        let oathtool = Command("/usr/bin/oathtool", ["--totp", "-b", "-N", "@\(Int(time))", text])
        let program = "import pyotp, sys; print(pyotp.TOTP(sys.argv[1]).at(int(sys.argv[2])))"
        let pyotp = Command("/usr/bin/python3", ["-c", program, text, "\(Int(time))"])
        for command in [oathtool, pyotp] {
            let output = try await command.check(in: folder)
            #expect(output.trimmingCharacters(in: .whitespacesAndNewlines) == code, "\(command.executable)")
        }
    }
}
