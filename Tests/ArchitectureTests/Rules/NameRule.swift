/// A file is named after the one idea in it, and a module never after a type inside it.
enum NameRule {
    private static let vague = ["Utils", "Utilities", "Helpers", "Helper", "Extensions", "Manager", "Constants"]

    static func findings(in file: SourceFile) -> [Finding] {
        vagueFindings(file) + shadowFindings(file)
    }

    /// The file, and every folder on the way to it.
    private static func vagueFindings(_ file: SourceFile) -> [Finding] {
        let parts = file.path.split(separator: "/").map { $0.hasSuffix(".swift") ? $0.dropLast(6) : $0 }
        let words = parts.flatMap { $0.split(separator: "+") }
        return words.filter { word in vague.contains { word.hasSuffix($0) } }.map {
            file.finding(0, "\"\($0)\" says nothing about what is inside")
        }
    }

    private static func shadowFindings(_ file: SourceFile) -> [Finding] {
        let kinds: Set<Substring> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
        return file.code.indices.filter { index in
            guard file.code[index].contains(file.target) else { return false }
            let words = file.code[index].split { !$0.isLetter && !$0.isNumber && $0 != "_" }
            return zip(words, words.dropFirst()).contains { kinds.contains($0) && $1 == file.target }
        }.map {
            file.finding($0, "the module \(file.target) has a type of its own name; its other types cannot be named")
        }
    }
}
