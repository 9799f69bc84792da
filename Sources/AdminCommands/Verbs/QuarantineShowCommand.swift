import ArgumentParser
import LocalAPI

struct QuarantineShowCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: "Show the removals of one batch.",
            discussion: """
                Examples:
                  latchkeyctl quarantine show 1
                  latchkeyctl --json quarantine show 1
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The number of the batch.")
    var batch: Int64

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        var cursor: String?
        var isFirst = true
        repeat {
            let path = Routes.query(
                Routes.fill(Routes.Admin.quarantineBatch, String(batch)),
                [("limit", String(UserListing.pageSize)), ("cursor", cursor)]
            )
            let (page, bytes) = try await session.ask(HeldBatchPageDocument.self, path)
            if session.json { session.print(bytes) } else { show(page, isFirst: isFirst, session.console) }
            isFirst = false
            cursor = page.next
        } while cursor != nil
        return .done
    }

    private func show(_ page: HeldBatchPageDocument, isFirst: Bool, _ console: Console) {
        if isFirst {
            var facts = Facts()
            facts.add("Batch", String(page.batch.id))
            facts.add("Why", page.batch.reason)
            facts.add("Removals", String(page.batch.removals))
            console.line(facts.text)
        }
        for item in page.items {
            let member = item.member.map { VisibleText.of($0) + " of " } ?? ""
            console.line("  \(VisibleText.of(item.kind)): \(member)\(VisibleText.of(item.dn))")
        }
    }
}
