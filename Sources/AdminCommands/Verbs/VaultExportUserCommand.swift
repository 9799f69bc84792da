import ArgumentParser
import Foundation
import LocalAPI

struct VaultExportUserCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export-user",
            abstract: "Print everything that is kept of one person, as JSON.",
            discussion: """
                Addresses and numbers are in it in full; answers, seeds and codes are not: nobody reads those \
                back. The reason goes into the audit.

                Examples:
                  latchkeyctl vault export-user alice --reason "request of 1 May" > alice.json
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Option(help: "Why.")
    var reason: String

    @Argument(help: "The login of a living person, or the directory's id of somebody who is gone.")
    var login: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let body = try APIJSON.encode(PersonalDataRequest(reason: reason))
        let path = Routes.fill(Routes.Admin.userExports, login)
        let (_, document) = try await session.ask(PersonExportDocument.self, path, method: "POST", body: body)
        session.print(document)
        return .done
    }
}
