import ArgumentParser
import LocalAPI

struct VaultEraseUserCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "erase-user",
            abstract: "Delete everything that is kept of one person, for good.",
            discussion: """
                Also what the audit says of them, which stays whole. A restored backup does not bring it back. \
                The reason stays in the audit: name nobody in it. Asks on a terminal; elsewhere --yes is needed.

                Examples:
                  latchkeyctl vault erase-user alice --reason "request of 1 May"
                  latchkeyctl vault erase-user 8f14e45f-ceea-467f-a0e6-0b8a5bd2c111 --reason "left" --yes
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Option(help: "Why.")
    var reason: String

    @Flag(help: "Do not ask.")
    var yes = false

    @Argument(help: "The login of a living person, or the directory's id of somebody who is gone.")
    var login: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        guard isMeant(session.console) else { return .failed }
        let body = try APIJSON.encode(PersonalDataRequest(reason: reason))
        let path = Routes.fill(Routes.Admin.userErasures, login)
        _ = try await session.show(ErasureDocument.self, path, method: "POST", body: body) { erased in
            "Erased: \(erased.methods) methods" + (erased.audit ? ", and what the audit said of the person." : ".")
        }
        return .done
    }

    private func isMeant(_ console: Console) -> Bool {
        if yes { return true }
        guard let ask = console.ask else {
            console.errorLine("latchkeyctl: This cannot be undone. Say --yes.")
            return false
        }
        let typed = ask("Everything of \(VisibleText.of(login)) is deleted for good. Type the login again: ")
        if typed == login { return true }
        console.errorLine("latchkeyctl: That is another login. Nothing was deleted.")
        return false
    }
}
