/// A Swift file of the project, as it is written and as code alone.
struct SourceFile: Sendable {
    /// From the project's root, such as `Sources/Audit/AuditChain.swift`.
    let path: String
    let lines: [String]
    /// The same lines, with comments and the contents of strings blanked.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        code = CodeBlanker.blank(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    var isTest: Bool { path.hasPrefix("Tests/") }

    /// The target that the file belongs to: the folder below `Sources` or `Tests`.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The lines that the file has, without the empty piece after a last newline.
    var lineCount: Int { lines.last?.isEmpty == true ? lines.count - 1 : lines.count }

    func finding(_ index: Int, _ what: String) -> Finding { Finding(path: path, line: index + 1, what: what) }
}
