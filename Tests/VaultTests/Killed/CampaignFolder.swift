import Foundation

/// Where a campaign stands: the vault, its backups, what is known, and what the process tells that is killed.
struct CampaignFolder: Sendable {
    let path: String

    init(path: String) { self.path = path }

    var state: String { path + "/state" }
    var vault: String { state + "/vault.sqlite" }
    var backups: String { path + "/backups" }
    var journal: CampaignJournal { CampaignJournal(path: path + "/journal") }

    func make() throws {
        for folder in [state, backups] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        try save(CampaignModel())
    }

    func save(_ model: CampaignModel) throws {
        try JSONEncoder().encode(model).write(to: URL(fileURLWithPath: path + "/model"))
    }

    func load() throws -> CampaignModel {
        try JSONDecoder().decode(CampaignModel.self, from: Data(contentsOf: URL(fileURLWithPath: path + "/model")))
    }

    /// Whole ones: what is made aside has a name that begins with a dot.
    var backupFiles: Set<String> {
        get throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: backups)
            return Set(names.filter { !$0.hasPrefix(".") }.map { backups + "/" + $0 })
        }
    }

    /// The files as the process left them that died, for somebody who may do anything with them.
    func corpse() throws -> TemporaryPlace {
        let copy = try TemporaryPlace()
        for name in try FileManager.default.contentsOfDirectory(atPath: state) where !name.hasSuffix("-shm") {
            try FileManager.default.copyItem(atPath: state + "/" + name, toPath: copy.directory + "/" + name)
        }
        return copy
    }

    /// Takes away what a long campaign would collect: vaults that were replaced, and backups but the last.
    func tidy(_ model: inout CampaignModel) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: state) where name.contains(".before-restore-") {
            let file = state + "/" + name
            // A second name of the vault is for the next restore to take away.
            let links = try FileManager.default.attributesOfItem(atPath: file)[.referenceCount] as? Int
            if links == 1 { try FileManager.default.removeItem(atPath: file) }
        }
        model.backups = model.backups.suffix(3)
        for file in try backupFiles.subtracting(model.backups.map(\.file)) {
            try FileManager.default.removeItem(atPath: file)
        }
    }
}
