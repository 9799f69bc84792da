import ArgumentParser
import Foundation
import LocalAPI

struct MethodsImportCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: "Enter addresses and numbers of many people from a CSV file.",
            discussion: """
                The first line names the columns: login,kind,value,extension,label; the last two may miss. At most \
                2000 lines and 512 KiB. Each line has a result. Nothing of a file with errors is done, unless \
                --partial says so. Values are candidates until their owners have proven them; office phones count \
                at once. A value that is there already is told apart only for those who may `reveal`.

                Examples:
                  latchkeyctl methods import phones.csv --dry-run --reason "new staff"
                  latchkeyctl methods import phones.csv --partial --reason "new staff"
                  latchkeyctl methods import - --reason "new staff" < phones.csv
                """
        )
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var why: ReasonOption

    @Flag(help: "Only say what would be done.")
    var dryRun = false

    @Flag(help: "Do what can be done, although other lines are wrong.")
    var partial = false

    @Argument(help: "The file; - for standard input.")
    var file: String

    /// Bytes that are read at most: one more than the daemon takes.
    private static let limit = 512 * 1024 + 1

    private static let columns = [
        Table.Column(title: "LINE", limit: 6), Table.Column(title: "LOGIN", limit: 14),
        Table.Column(title: "KIND", limit: 15), Table.Column(title: "RESULT", limit: 13),
    ]

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let body = ImportMethodsRequest(
            csv: try text(),
            dryRun: dryRun ? true : nil,
            partial: partial ? true : nil,
            reason: try why.text(session.console)
        )
        let document = try await session.show(
            ImportDocument.self,
            Routes.Admin.methodImports,
            method: "POST",
            body: try APIJSON.encode(body),
            as: Self.text
        )
        return document.errors == 0 ? .done : .failed
    }

    private func text() throws -> String {
        let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
        guard let handle else { throw MissingInput(text: "The file \(file) cannot be opened.") }
        var data = Data()
        while data.count < Self.limit, let more = try handle.read(upToCount: Self.limit - data.count), !more.isEmpty {
            data += more
        }
        guard data.count < Self.limit else {
            // Cut here it might end inside a character, and be called no UTF-8.
            throw MissingInput(text: "The file \(file) has more than \(Self.limit / 1024) KiB. Split it.")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw MissingInput(text: "The file \(file) is not UTF-8.")
        }
        return text
    }

    private static func text(_ document: ImportDocument) -> String {
        let wrong = document.lines.filter { !["added", "present"].contains($0.result) }
        let rows = wrong.map { [String($0.line), $0.login, $0.kind, $0.result] }
        let table = Table(columns, sample: rows)
        var lines = rows.isEmpty ? [] : [table.head]
        for (row, line) in zip(rows, wrong) {
            lines.append(table.row(row))
            if let detail = line.detail { lines.append("    " + VisibleText.of(detail)) }
        }
        lines.append(summary(document))
        return lines.joined(separator: "\n")
    }

    private static func summary(_ document: ImportDocument) -> String {
        let counts = "\(document.added) added, \(document.present) present, \(document.errors) with errors"
        if document.dryRun { return "This would be: \(counts). Nothing was changed." }
        return document.applied ? "\(counts)." : "\(counts): nothing was changed. --partial does what can be done."
    }
}
