import ArgumentParser
import Foundation
import LocalAPI

struct PolicySimulateCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "simulate",
            abstract: "Say who could no longer reset or unlock under other policies. Changes nothing.",
            discussion: """
                FILE is a whole configuration, or its policies alone; “-” is standard input. The daemon checks it, \
                tells every fault with its line, and compares what each person can do now with what they could do \
                then. With --json the API's pages come one to a line.

                Examples:
                  latchkeyctl policy simulate /etc/latchkey/new.yaml
                  latchkeyctl --json policy simulate - < new.yaml
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The file with the new policies.")
    var file: String

    /// Bytes: the most that a configuration may have.
    private static let sizeLimit = 256 * 1024

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        guard let text = read(session.console) else { return .failed }
        var sum = SimulationSum()
        var cursor: String?
        repeat {
            let request = PolicySimulationRequest(configuration: text, limit: UserListing.pageSize, cursor: cursor)
            let (page, bytes) = try await session.ask(
                PolicySimulationDocument.self,
                Routes.Admin.policySimulations,
                method: "POST",
                body: try APIJSON.encode(request)
            )
            if session.json { session.print(bytes) } else { show(page, session.console) }
            sum.add(page)
            cursor = page.next
        } while cursor != nil
        if !session.json { session.console.line(sum.text) }
        return .done
    }

    private func read(_ console: Console) -> String? {
        let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
        guard let handle, let data = try? handle.read(upToCount: Self.sizeLimit + 1) else {
            console.errorLine("latchkeyctl: \(VisibleText.of(file)) cannot be read.")
            return nil
        }
        guard data.count <= Self.sizeLimit, let text = String(validating: data, as: UTF8.self) else {
            console.errorLine(
                "latchkeyctl: \(VisibleText.of(file)) is no configuration: it is not UTF-8 or over \(Self.sizeLimit) bytes."
            )
            return nil
        }
        return text
    }

    private func show(_ page: PolicySimulationDocument, _ console: Console) {
        for person in page.items {
            let name = person.displayName.map { " (\(VisibleText.of($0)))" } ?? ""
            let policies = "\(person.before ?? "no policy") → \(person.after ?? "no policy")"
            console.line("\(VisibleText.of(person.login))\(name): \(VisibleText.of(policies))")
            console.line("  " + person.changes.joined(separator: ", "))
            for reason in person.reasons {
                for line in Facts.wrap(VisibleText.of(reason.text), width: Table.width - 4) {
                    console.line("    " + line)
                }
            }
        }
    }
}
