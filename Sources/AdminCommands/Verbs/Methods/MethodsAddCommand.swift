import ArgumentParser
import LocalAPI

struct MethodsAddCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add",
            abstract: "Enter an address or a number for a person.",
            discussion: """
                It is a candidate: it counts once the person has answered a code that was sent there. An office \
                phone counts at once. What was entered before, and not proven, is replaced. The person is told.

                Without VALUE it is asked for on a terminal: other users of this host see command lines.

                Examples:
                  latchkeyctl methods add alice office-phone +12025550142 --extension 12 --reason "moved desk"
                  latchkeyctl methods add alice email --reason "ticket 4711"
                """
        )
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var why: ReasonOption

    @Option(name: .customLong("extension"), help: "Of an office phone: keyed once the call is answered.")
    var numberExtension: String?

    @Option(help: "A name for it that the person sees.")
    var label: String?

    @Argument(help: "The login of a living person.")
    var login: String

    @Argument(help: "email, mobile-phone, alternate-phone or office-phone.")
    var kind: String

    @Argument(help: "An address, or a number such as +12025550142.")
    var value: String?

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        guard let value = value ?? session.console.ask?("Value: ") else {
            throw MissingInput(text: "Give the address or the number.")
        }
        let isOffice = kind == "office-phone"
        let body = EnterMethodRequest(
            kind: kind,
            value: value,
            numberExtension: numberExtension,
            label: label,
            reason: try why.text(session.console)
        )
        let path = Routes.fill(Routes.Admin.userMethods, login)
        return try await session.act(EnteredMethodDocument.self, path, body: body) { document in
            guard document.result == "added" else { return "It is there already; nothing was changed." }
            let login = VisibleText.of(login)
            return isOffice ? "Entered. \(login) was told." : "Entered. It counts once \(login) has proven it."
        }
    }
}
