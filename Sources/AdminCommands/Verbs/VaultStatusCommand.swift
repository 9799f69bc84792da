import ArgumentParser
import LocalAPI

struct VaultStatusCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status",
            abstract: "Show the ids of the vault's keys, and how much a rotation still has before it.",
            discussion: """
                Examples:
                  latchkeyctl vault status
                  latchkeyctl --json vault status
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        _ = try await session.show(VaultKeysDocument.self, Routes.Admin.vaultKeys, as: Self.text)
        return .done
    }

    static func text(_ keys: VaultKeysDocument) -> String {
        var facts = Facts()
        facts.add("configured key", keys.configuredKey)
        facts.add("writing key", keys.writingKey)
        facts.add("former keys", keys.formerKeys.isEmpty ? nil : keys.formerKeys.joined(separator: " "))
        let left = keys.remaining.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
        facts.add("left to do", left.isEmpty ? nil : left.joined(separator: ", "))
        facts.add("rotation", keys.complete ? "complete" : "under way")
        return facts.text
    }
}
