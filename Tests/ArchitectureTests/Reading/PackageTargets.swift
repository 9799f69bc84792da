/// The targets of `Package.swift` in their order, read from its text.
struct PackageTargets: Sendable {
    struct Target: Sendable, Equatable {
        var name: String
        /// Own targets and other packages' modules.
        var dependencies: [String]
    }

    let targets: [Target]

    init(manifest: String) {
        let text = manifest.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.prefix(upTo: $0.firstRange(of: "// ")?.lowerBound ?? $0.endIndex) }.joined(separator: "\n")
        let products = Self.products(text)
        targets = text.matches(of: /\.(?:systemLibrary|target|executableTarget|testTarget)\(\s*name: "(\w+)"/).map {
            match in
            let block = Self.block(text[match.range.lowerBound...])
            return Target(name: String(match.1), dependencies: Self.dependencies(block, products))
        }
    }

    func position(_ name: String) -> Int? { targets.firstIndex { $0.name == name } }

    /// The variables of products, such as `crypto`, to the modules' names.
    private static func products(_ text: String) -> [String: String] {
        let found = text.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/)
        return Dictionary(found.map { (String($0.1), String($0.2)) }) { first, _ in first }
    }

    /// Up to the parenthesis that closes the first one.
    private static func block(_ text: Substring) -> Substring {
        var open = 0
        for index in text.indices {
            if text[index] == "(" { open += 1 }
            if text[index] == ")" { open -= 1 }
            if text[index] == ")" && open == 0 { return text[...index] }
        }
        return text
    }

    private static func dependencies(_ block: Substring, _ products: [String: String]) -> [String] {
        guard let list = block.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.1 else { return [] }
        return list.matches(of: /"(\w+)"|(\w+)/).compactMap { match in
            match.1.map(String.init) ?? match.2.map { products[String($0)] ?? String($0) }
        }
    }
}
