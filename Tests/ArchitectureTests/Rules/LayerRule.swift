/// A target imports only what it declares, and declares only what stands above it in `Package.swift`.
struct LayerRule {
    let targets: PackageTargets

    /// What comes with the toolchain and needs no declaration.
    private static let toolchain: Set<String> = [
        "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization", "RegexBuilder", "Swift",
        "Testing",
    ]

    /// Modules that come with a product of another name.
    private static let products = ["GRDBSQLite": "GRDB"]

    func findings(in file: SourceFile) -> [Finding] {
        file.code.enumerated().compactMap { index, line in
            guard let module = Self.importedModule(line), !Self.toolchain.contains(module) else { return nil }
            return objection(to: module, in: file.target).map { file.finding(index, $0) }
        }
    }

    func findingsInManifest() -> [Finding] {
        targets.targets.enumerated().flatMap { position, target in
            target.dependencies.filter { (targets.position($0) ?? -1) >= position }.map {
                Finding(path: "Package.swift", line: 1, what: "\(target.name) depends on \($0), which stands below it")
            }
        }
    }

    private func objection(to module: String, in target: String) -> String? {
        guard let position = targets.position(target) else { return "\(target) is not a target of Package.swift" }
        if module == target { return nil }
        if let other = targets.position(module), other > position {
            return "\(target) imports \(module), which stands below it in Package.swift"
        }
        if targets.targets[position].dependencies.contains(Self.products[module] ?? module) { return nil }
        return "\(target) imports \(module), which is not among its dependencies in Package.swift"
    }

    static func importedModule(_ line: String) -> String? {
        guard line.contains("import ") else { return nil }
        let words = line.split(separator: " ").map(String.init)
        guard let position = words.firstIndex(of: "import"), words[..<position].allSatisfy(isImportPrefix) else {
            return nil
        }
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias", "actor"]
        let name = words[(position + 1)...].first { !kinds.contains($0) }
        return name.map { String($0.prefix { $0 != "." }) }
    }

    private static func isImportPrefix(_ word: String) -> Bool {
        word.hasPrefix("@") || ["public", "package", "internal", "fileprivate", "private", "unsafe"].contains(word)
    }
}
