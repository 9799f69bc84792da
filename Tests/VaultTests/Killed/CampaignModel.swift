import Foundation
import Identity
import LatchkeyTesting
import SelfService

/// What the vault is to hold, by what it has acknowledged.
struct CampaignModel: Codable, Sendable {
    struct Backup: Codable, Sendable {
        var file: String
        var people: [EntryID: [HeldMethod]]
    }

    static let names = (1...4).map { VaultScene.person(UInt8($0)) }

    var now = ManualClock().now
    var people = [EntryID: [HeldMethod]](uniqueKeysWithValues: names.map { ($0, []) })
    /// Ids that stand for nothing any more.
    var removed: [String] = []
    var passed: [PassedChallenge] = []
    /// The last session that was used, unless a restore has ended it.
    var token: String?
    private var tokenUsedAt = Date.distantPast
    var backups: [Backup] = []
    /// Makes each value another one.
    var count = 0

    func method(_ id: String, of person: EntryID) -> HeldMethod? { people[person]?.first { $0.id == id } }

    func livingToken(at time: Date) -> String? {
        time.timeIntervalSince(tokenUsedAt) < CampaignHands.lifetime ? token : nil
    }

    mutating func apply(_ step: CampaignStep, _ outcome: CampaignOutcome, at time: Date) {
        now = time
        if let used = outcome.token { (token, tokenUsedAt) = (used, time) }
        passed = (passed + [outcome.passed].compactMap(\.self)).suffix(5)
        switch step {
        case .add(let person, let method), .enter(let person, let method): put(method, outcome.id, person)
        case .issuePass(let person, let method):
            for pass in people[person, default: []] where pass.kind == .accessPass { remove(pass.id, person) }
            put(method, outcome.id, person)
        case .usePass(let person, let id), .remove(let person, let id): remove(id, person)
        case .prove(let person, let id, _, let code):
            for index in people[person, default: []].indices where people[person]?[index].id == id {
                people[person]?[index].proven(at: time, code: code)
            }
        case .answerWrongly, .rotate, .finishRotation: break
        case .backUp: if let file = outcome.file { backups.append(Backup(file: file, people: people)) }
        case .restore(let file): restore(file)
        }
    }

    /// Some kinds are had once, or give way as long as they are not proven: then the former id stays.
    private mutating func put(_ method: HeldMethod, _ id: String?, _ person: EntryID) {
        var method = method
        let former = people[person, default: []].firstIndex { method.takesThePlace(of: $0) }
        method.id = id ?? former.flatMap { people[person]?[$0].id }
        if let former { people[person]?[former] = method } else { people[person, default: []].append(method) }
    }

    private mutating func remove(_ id: String?, _ person: EntryID) {
        people[person]?.removeAll { $0.id == id }
        if let id { removed.append(id) }
    }

    /// What both have stays as it is; what was removed since stays removed; what came since is gone.
    private mutating func restore(_ file: String) {
        guard let backup = backups.first(where: { $0.file == file }) else { return }
        let used = people
        for (person, methods) in backup.people {
            people[person] = methods.compactMap { old in
                if let id = old.id, removed.contains(id) { return nil }
                return used[person]?.first { $0.id == old.id } ?? old
            }
        }
        token = nil
    }
}

extension HeldMethod {
    fileprivate func takesThePlace(of other: HeldMethod) -> Bool {
        guard kind == other.kind else { return false }
        return switch kind {
        case .authenticator: !other.isVerified
        case .securityQuestions, .recoveryCodes, .officePhone: true
        default: false
        }
    }
}
