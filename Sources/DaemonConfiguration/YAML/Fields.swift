import Yams

/// A mapping whose keys have been checked: none unknown, none twice.
struct Fields {
    let owner: Value
    private var values: [String: Value] = [:]

    init(_ mapping: Node.Mapping, of owner: Value, keys: [String]) {
        self.owner = owner
        for (key, node) in mapping where !tellDuplicate(key, in: mapping) {
            take(key, node, keys: keys)
        }
    }

    /// Tells, at the place of the last one, that a key stands more than once.
    private func tellDuplicate(_ key: Node, in mapping: Node.Mapping) -> Bool {
        guard let text = key.scalar?.string, let masked = owner.document.masked[text] else { return false }
        let last = Array(mapping).last { $0.key.scalar?.string == masked.name }?.key
        let path = owner.path.isEmpty ? masked.name : "\(owner.path).\(masked.name)"
        let message = "duplicate key; it already stands in line \(masked.place.line); keep one of them"
        owner.findings.fault(path, at: last?.place ?? masked.place, message)
        return true
    }

    private mutating func take(_ key: Node, _ node: Node, keys: [String]) {
        guard let name = key.scalar?.string else {
            return owner.findings.fault(owner.path, at: key.place, "a key is one word, not a list or mapping")
        }
        let path = owner.path.isEmpty ? name : "\(owner.path).\(name)"
        let value = Value(node: node, path: path, document: owner.document, findings: owner.findings)
        if keys.contains(name) {
            values[name] = value
        } else {
            let shown = owner.path.isEmpty ? "" : owner.path + "."
            let hint = NearestWord.hint(for: name, among: keys)
            owner.findings.fault(shown + Quotation.bare(name), at: key.place, "unknown key\(hint)")
        }
    }

    /// The value of a key that may be left out.
    subscript(key: String) -> Value? { values[key] }

    /// The value of a key that has to be there.
    func required(_ key: String) -> Value? {
        if let value = values[key] { return value }
        let path = owner.path.isEmpty ? key : "\(owner.path).\(key)"
        owner.findings.fault(path, at: owner.place, "is missing; it is required")
        return nil
    }
}
