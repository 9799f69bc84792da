import Identity
import SelfService

extension OutgoingMessage {
    /// With what the other side needs to say which challenge it answers: the id is made with the challenge.
    func naming(_ challenge: Challenge, of session: Session) -> OutgoingMessage {
        var message = self
        switch channel {
        case .voice: message.callID = challenge.id
        case .notification:
            message.approval = SigningRequest(
                challengeID: challenge.id,
                personID: session.subject.id.description,
                purpose: session.purpose,
                expiresAt: challenge.expiresAt
            )
        case .email, .text: break
        }
        return message
    }
}

extension Session {
    /// As a device signs it.
    var purpose: String { progress?.purpose.rawValue ?? "registration" }
}
