import Foundation
import LatchkeyTesting
import Testing
import Vault

/// What kills have met, and the way from one to the next.
struct CampaignTally: CustomStringConvertible {
    private var kills = 0
    private var acknowledged: [String: Int] = [:]
    /// Steps that were under way: how many of them were found done, and how many not.
    private var interrupted: [String: (done: Int, undone: Int)] = [:]

    var description: String {
        let steps = acknowledged.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let torn = interrupted.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.done)+\($0.value.undone)" }
        return """
            \(kills) kills, \(acknowledged.values.reduce(0, +)) steps acknowledged (\(steps.joined(separator: ", "))), \
            interrupted as done+undone (\(torn.joined(separator: ", ")))
            """
    }

    /// Inspects what the killed process left, and notes which of the possible states it is.
    mutating func settle(_ folder: CampaignFolder) async throws {
        kills += 1
        var (model, pending) = try replayed(folder)
        let corpse = try folder.corpse()
        let inspection = try CampaignInspection(corpse, at: pending?.1 ?? model.now)
        var after = model
        if let (step, time) = pending { after.apply(step, CampaignOutcome(), at: time) }
        let settled = try await inspection.settle([after, model])
        if let (step, time) = pending {
            note(step, isDone: settled.people != model.people)
            model = settled
            model.now = time
        }
        try await inspection.inspect(model, hadRestore: pending?.0.name == "restore")
        try inspection.close()
        try await restoreBackups(folder, &model)
        try folder.tidy(&model)
        try folder.save(model)
    }

    /// What was acknowledged, and the step that was not.
    private mutating func replayed(
        _ folder: CampaignFolder
    ) throws -> (CampaignModel, pending: (CampaignStep, Date)?) {
        var model = try folder.load()
        var pending: (CampaignStep, Date)?
        for line in try folder.journal.lines {
            switch line {
            case .ready: break
            case .begins(let step, let time):
                pending = (step, time)
                model.count += 1
            case .ended(let outcome):
                guard let (step, time) = pending else { throw TestError("an end without a beginning") }
                model.apply(step, outcome, at: time)
                acknowledged[step.name, default: 0] += 1
                pending = nil
            }
        }
        return (model, pending)
    }

    /// Each backup, also one that nobody was told of, is whole, and revives nothing.
    private func restoreBackups(_ folder: CampaignFolder, _ model: inout CampaignModel) async throws {
        for file in try folder.backupFiles.subtracting(model.backups.map(\.file)) {
            model.backups.append(CampaignModel.Backup(file: file, people: model.people))
        }
        guard let backup = model.backups.last else { return }
        let corpse = try folder.corpse()
        let clock = ManualClock(model.now)
        _ = try VaultRestore(file: backup.file, vault: corpse.vault, keys: [.test(1)], clock: clock).run()
        var restored = model
        restored.apply(.restore(file: backup.file), CampaignOutcome(), at: model.now)
        let inspection = try CampaignInspection(corpse, at: model.now)
        restored = try await inspection.settle([restored])
        try await inspection.inspect(restored, hadRestore: true)
        try inspection.close()
    }

    private mutating func note(_ step: CampaignStep, isDone: Bool) {
        let (done, undone) = interrupted[step.name] ?? (0, 0)
        interrupted[step.name] = isDone ? (done + 1, undone) : (done, undone + 1)
    }

    /// A campaign in which nothing happened would show nothing.
    func expectVariety(_ kills: Int) {
        #expect(self.kills == kills)
        for step in ["add", "enter", "issue", "prove", "remove", "rotate", "finish", "back", "restore"] {
            #expect(acknowledged.contains { $0.key.hasPrefix(step) }, "\(step): \(self)")
        }
    }
}
