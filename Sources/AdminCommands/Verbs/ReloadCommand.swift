import ArgumentParser
import LocalAPI

struct ReloadCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "reload",
            abstract: "Have the daemon read its configuration file again.",
            discussion: """
                All of it is in force afterwards, or nothing: a fault is told with its place, and the configuration in \
                force stays. Sessions go on, but for those under a policy that changed. Another directory, or another \
                password in the file of directory.bind, is used from then on, and the mirror answers while it is read. \
                Which sections are read at a start only is said.

                Examples:
                  latchkeyctl reload
                  latchkeyd --check && latchkeyctl reload
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        _ = try await session.show(ReloadDocument.self, Routes.Admin.reloads, method: "POST") { reload in
            guard !reload.needsRestart.isEmpty else { return "The configuration is in force." }
            let sections = reload.needsRestart.joined(separator: ", ")
            return
                "The configuration is in force, but for what is read at a start only: \(sections). Restart latchkeyd for it."
        }
        return .done
    }
}
