/// The lines of an import: `login,kind,value,extension,label`.
struct ImportFile {
    /// Bytes.
    static let byteLimit = 512 * 1024
    static let lineLimit = 2000
    private static let columns = ["login", "kind", "value", "extension", "label"]
    private static let required = ["login", "kind", "value"]

    struct Line {
        /// In the file, 1 for the first.
        var number: Int
        var login: String
        var kind: String
        var value: String
        var numberExtension: String?
        var label: String?
        /// What is wrong with its form.
        var fault: String?
    }

    let lines: [Line]

    /// - Throws: ``ServiceError`` of code `invalidValue` that names the line, and quotes nothing of it.
    init(_ text: String) throws(ServiceError) {
        guard text.utf8.count <= Self.byteLimit else {
            throw Self.wrong("The file has more than \(Self.byteLimit / 1024) KiB. Split it.")
        }
        let rows: [CSVText.Row]
        do {
            rows = try CSVText.rows(of: text)
        } catch {
            throw Self.wrong("Line \(error.line): \(error.text)")
        }
        guard rows.count <= Self.lineLimit + 1 else {
            throw Self.wrong("The file has more than \(Self.lineLimit) lines. Split it.")
        }
        let header = try Self.header(rows.first)
        lines = rows.dropFirst().map { Self.line($0, header) }
    }

    private static func header(_ row: CSVText.Row?) throws(ServiceError) -> [String] {
        let names = (row?.fields ?? []).map { $0.withoutOuterBlanks.lowercased() }
        guard
            Set(names).count == names.count, required.allSatisfy(names.contains),
            names.allSatisfy(columns.contains)
        else {
            throw wrong(
                "The first line must name the columns: \(columns.joined(separator: ",")). The last two may miss."
            )
        }
        return names
    }

    private static func line(_ row: CSVText.Row, _ header: [String]) -> Line {
        func field(_ name: String) -> String? {
            guard let index = header.firstIndex(of: name), index < row.fields.count else { return nil }
            let text = row.fields[index].withoutOuterBlanks
            return text.isEmpty ? nil : text
        }
        return Line(
            number: row.line,
            login: field("login") ?? "",
            kind: field("kind") ?? "",
            value: field("value") ?? "",
            numberExtension: field("extension"),
            label: field("label"),
            fault: row.fields.count == header.count
                ? nil : "It has \(row.fields.count) fields, and the header names \(header.count)."
        )
    }

    private static func wrong(_ text: String) -> ServiceError { ServiceError(.invalidValue, text, field: "csv") }
}
