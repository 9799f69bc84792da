import Crypto
import Foundation
import LatchkeyTesting
import SelfService

extension ServiceScene {
    func openRegistration(_ id: String, via: Via? = nil, token: String) async throws -> ChallengeView {
        try await desk.openRegistrationChallenge(methodID: id, via: via, token: token, from: portal)
    }

    @discardableResult
    func answerRegistration(_ id: String, _ response: ProofResponse, token: String) async throws -> VerifiedMethod {
        let opened = try await openRegistration(id, token: token)
        return try await desk.answerRegistrationChallenge(opened.challenge.id, response, token: token, from: portal)
    }

    func openReset(_ id: String, token: String) async throws -> ChallengeView {
        try await desk.openResetChallenge(methodID: id, via: nil, token: token, from: portal)
    }

    @discardableResult
    func answerReset(_ id: String, _ response: ProofResponse, token: String) async throws -> ResetView {
        let opened = try await openReset(id, token: token)
        return try await desk.answerResetChallenge(opened.challenge.id, response, token: token, from: portal)
    }

    func call(_ view: ChallengeView, _ digits: String) async throws {
        try await desk.answerCall(view.challenge.id, digits: digits, from: Caller(frontend: "voice"))
    }

    @discardableResult
    func setAnswers(_ answers: [(String, String)], token: String) async throws -> RegistrationView {
        let answers = answers.map { QuestionAnswer(questionID: $0.0, answer: $0.1) }
        return try await desk.setAnswers(answers, token: token, from: portal)
    }
}

/// An authenticator app.
struct AuthenticatorFixture: Sendable {
    let seed: Data

    init(base32: String) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (buffer, bits): (UInt64, Int) = (0, 0)
        var bytes: [UInt8] = []
        for character in base32 {
            buffer = (buffer << 5 | UInt64(alphabet.firstIndex(of: character) ?? 0)) & 0xFFFF
            bits += 5
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt64(bits)))
        }
        seed = Data(bytes)
    }

    func code(at time: Date) -> String { TOTP(seed: seed).code(step: TOTP.step(at: time)) }
}
