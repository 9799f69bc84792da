import Foundation
import SelfService

/// A method as the vault is to have it, and what the person keeps to prove it with.
struct HeldMethod: Codable, Sendable, Equatable {
    /// Nil: the vault has not told it yet.
    var id: String?
    var kind: MethodKind
    var value = ""
    var secret: MethodSecret?
    var isVerified = false
    /// Recovery codes as they were shown, or the one of a pass.
    var codes: [String] = []
    /// By the question's id.
    var answers: [String: String] = [:]
    /// The device's own key.
    var deviceKey = Data()

    /// Whether the vault has this, all of it and nothing else. Which questions are asked next is the vault's own affair.
    func isSame(as stored: RegisteredMethod) -> Bool {
        (id == nil || id == stored.id) && kind == stored.kind && value == stored.value
            && secret == Self.settled(stored.secret) && isVerified == (stored.state == .verified)
    }

    private static func settled(_ secret: MethodSecret?) -> MethodSecret? {
        guard case .answers(var answers) = secret else { return secret }
        answers.asked = nil
        return .answers(answers)
    }

    /// After a proof at this time, with this recovery code.
    mutating func proven(at time: Date, code: Int?) {
        isVerified = true
        switch secret {
        case .authenticator(var app):
            app.lastStep = TOTP.step(at: time)
            secret = .authenticator(app)
        case .codes(var left):
            left.codes.removeAll { $0.number == code }
            secret = .codes(left)
        default: break
        }
    }

    /// Of a recovery code that is left.
    var nextCode: Int? {
        guard case .codes(let left) = secret else { return nil }
        return left.codes.first?.number
    }

    /// Of recovery codes that are gone.
    var spentCodes: [Int] {
        guard case .codes(let left) = secret else { return [] }
        return codes.compactMap { RecoveryCodeSecrets.parts(of: $0)?.number }.filter { number in
            !left.codes.contains { $0.number == number }
        }
    }
}
