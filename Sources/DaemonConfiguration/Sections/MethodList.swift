import SelfService
import Yams

/// `methods:` of a policy: words, or a word with the ways in which it may be reached.
enum MethodList {
    /// A method with whether its ways were written down: then each of them must be possible.
    struct Entry {
        var method: AllowedMethod
        var isNarrowed: Bool
    }

    static func read(_ value: Value) -> [Entry]? {
        guard let items = value.items() else { return nil }
        guard !items.isEmpty else { return value.wrong("names no method; nobody could prove anything") }
        var seen: Set<MethodKind> = []
        return items.compactMap { item in
            guard let entry = entry(item) else { return nil }
            guard seen.insert(entry.method.kind).inserted else { return item.wrong("stands here twice; keep one") }
            return entry
        }
    }

    private static func entry(_ value: Value) -> Entry? {
        guard value.isMapping else { return word(value).map { Entry(method: AllowedMethod($0), isNarrowed: false) } }
        guard let mapping = value.node.mapping, mapping.count == 1, let key = mapping.first?.key,
            let ways = mapping.first?.value
        else { return value.wrong("expected one method with its ways, such as {mobile-phone: [text]}") }
        guard let kind = word(at(key, value)) else { return nil }
        guard kind.via.count > 1 else { return value.wrong("\(kind.rawValue) has only one way; write the word alone") }
        let via = at(ways, value).list { $0.word(kind.via.map(\.rawValue)).flatMap { Via(rawValue: $0) } }
        guard let via else { return nil }
        if at(ways, value).isEmptyList { value.fault("names no way to reach \(kind.rawValue)") }
        guard !via.isEmpty else { return nil }
        return Entry(method: AllowedMethod(kind, via: via), isNarrowed: true)
    }

    private static func at(_ node: Node, _ value: Value) -> Value {
        Value(node: node, path: value.path, document: value.document, findings: value.findings)
    }

    static func word(_ value: Value) -> MethodKind? {
        value.word(MethodKind.allCases.map(\.rawValue)).flatMap { MethodKind(rawValue: $0) }
    }
}
