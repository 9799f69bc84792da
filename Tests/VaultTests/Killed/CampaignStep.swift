import Foundation
import Identity
import SelfService

/// What is done to the vault: one call that decides, and before it what leads to it.
enum CampaignStep: Codable, Sendable {
    case add(EntryID, HeldMethod)
    /// By an administrator.
    case enter(EntryID, HeldMethod)
    case issuePass(EntryID, HeldMethod)
    case usePass(EntryID, id: String)
    case prove(EntryID, id: String, isReset: Bool, code: Int?)
    case answerWrongly(EntryID, id: String)
    case remove(EntryID, id: String)
    case rotate
    case finishRotation
    case backUp
    case restore(file: String)

    /// For counting.
    var name: String {
        switch self {
        case .add(_, let method): "add \(method.kind.rawValue)"
        case .enter: "enter"
        case .issuePass: "issue pass"
        case .usePass: "use pass"
        case .prove: "prove"
        case .answerWrongly: "answer wrongly"
        case .remove: "remove"
        case .rotate: "rotate"
        case .finishRotation: "finish rotation"
        case .backUp: "back up"
        case .restore: "restore"
        }
    }
}

/// What the vault answered.
struct CampaignOutcome: Codable, Sendable {
    /// Of the method that was added.
    var id: String?
    /// Of the backup.
    var file: String?
    /// Of the session that was used.
    var token: String?
    /// A challenge that was passed, with its right answer.
    var passed: PassedChallenge?
}

struct PassedChallenge: Codable, Sendable {
    var id: String
    var token: String
    var code: String
}
