import Foundation
import Yams

/// One node of the file with its place. Each reader returns nil after it has told what is wrong.
struct Value {
    let node: Node
    let path: String
    let document: Document
    let findings: Findings

    var place: Place? { node.place }

    func fault(_ text: String) { findings.fault(path, at: place, text) }
    func warn(_ text: String) { findings.warn(path, at: place, text) }

    /// Known in the design, but not built yet.
    func notYet(_ word: String? = nil) {
        fault((word.map { "\(Quotation.of($0)) is " } ?? "") + "not in this version; remove it")
    }

    var isMapping: Bool { node.mapping != nil }
    /// Whether this mapping has the key, whatever its value.
    func holds(_ key: String) -> Bool { member(key) != nil }

    /// The value of a key of this mapping, before its keys are checked.
    func member(_ key: String) -> Value? {
        guard let node = node.mapping?.first(where: { $0.key.scalar?.string == key })?.value else { return nil }
        return Value(node: node, path: "\(path).\(key)", document: document, findings: findings)
    }

    var isList: Bool { node.sequence != nil }
    var isEmptyList: Bool { node.sequence?.isEmpty ?? false }

    /// A plain value without a word of what it is, quoted or not.
    func text() -> String? {
        guard let scalar = node.scalar else { return wrong("expected one value, not \(shape)") }
        guard !scalar.string.isEmpty else { return wrong("has no value; give it one or remove the key") }
        guard scalar.string.utf8.count <= Self.lengthMax else { return wrong("is longer than \(Self.lengthMax) bytes") }
        guard !scalar.string.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            return wrong("holds a control character, such as a line break; write it on one line")
        }
        return scalar.string
    }

    private static let lengthMax = 4096
    private static let itemsMax = 1000

    private var shape: String {
        switch node {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .scalar, .alias: "one value"
        }
    }

    /// Tells what is wrong; always nil.
    func wrong<T>(_ text: String) -> T? {
        fault(text)
        return nil
    }

    func flag() -> Bool? {
        guard let text = text() else { return nil }
        guard isPlain, text == "true" || text == "false" else {
            return wrong("expected true or false, found \(Quotation.of(text))")
        }
        return text == "true"
    }

    func integer(in range: ClosedRange<Int>) -> Int? {
        guard let text = text() else { return nil }
        guard isPlain, let number = Int(text), range.contains(number) else {
            return wrong(
                "expected a whole number from \(range.lowerBound) to \(range.upperBound), found \(Quotation.of(text))"
            )
        }
        return number
    }

    private var isPlain: Bool { node.scalar?.style == .plain }

    /// In seconds.
    func span(in range: ClosedRange<TimeInterval>) -> TimeInterval? {
        guard let text = text() else { return nil }
        guard let seconds = Span.seconds(text) else {
            return wrong("expected a length of time such as 30s, 10m, 24h, 180d or 1h30m, found \(Quotation.of(text))")
        }
        guard range.contains(seconds) else {
            return wrong("expected \(Span.text(range.lowerBound)) to \(Span.text(range.upperBound)), found \(text)")
        }
        return seconds
    }

    /// `5%` as 0.05.
    func share() -> Double? {
        guard let text = text() else { return nil }
        guard text.hasSuffix("%"), let number = Double(text.dropLast()), (0...100).contains(number) else {
            return wrong("expected a share from 0% to 100%, found \(Quotation.of(text))")
        }
        return number / 100
    }

    /// One of `words`; those of `later` are known but not built.
    func word(_ words: [String], later: [String] = []) -> String? {
        guard let text = text() else { return nil }
        if words.contains(text) { return text }
        if later.contains(text) {
            notYet(text)
            return nil
        }
        return wrong("unknown word \(Quotation.of(text))" + NearestWord.hint(for: text, among: words + later))
    }

    /// The items, each with its own place.
    func items() -> [Value]? {
        guard let sequence = node.sequence else { return wrong("expected a list such as [a, b], not \(shape)") }
        guard sequence.count <= Self.itemsMax else { return wrong("has more than \(Self.itemsMax) items") }
        return sequence.enumerated().map {
            Value(node: $0.element, path: "\(path)[\($0.offset)]", document: document, findings: findings)
        }
    }

    /// The items that `read` understands; it tells about the others.
    func list<T>(_ read: (Value) -> T?) -> [T]? {
        items().map { $0.compactMap(read) }
    }

    func fields(_ keys: [String]) -> Fields? {
        guard let mapping = node.mapping else { return wrong("expected keys and values, not \(shape)") }
        return Fields(mapping, of: self, keys: keys)
    }
}
