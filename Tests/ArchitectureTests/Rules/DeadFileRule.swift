/// No file that holds nothing.
enum DeadFileRule {
    static func findings(in file: SourceFile) -> [Finding] {
        if file.name == "Placeholder.swift" { return [file.finding(0, "a placeholder")] }
        let content = file.code.filter { line in
            line.contains { !$0.isWhitespace } && LayerRule.importedModule(line) == nil
        }
        return content.isEmpty ? [file.finding(0, "nothing but comments and imports")] : []
    }
}
