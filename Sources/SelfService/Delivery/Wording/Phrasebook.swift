/// The wordings that there are, and who gets which.
package struct Phrasebook: Sendable, Equatable {
    /// By language tag in lower case.
    private let wordings: [String: Wording]
    private let standard: Wording

    /// - Parameter locale: the language of people who have none of those that there are.
    package init(_ wordings: [Wording] = [], locale: String = "en") {
        var all = [Wording.english.language: Wording.english]
        for wording in wordings { all[wording.language.lowercased()] = wording }
        self.wordings = all
        standard = Self.lookup(locale, all) ?? .english
    }

    /// Language tags, sorted.
    package var languages: [String] { wordings.values.map(\.language).sorted() }

    /// - Parameter preference: language ranges as in `Accept-Language` (RFC 9110, 12.5.4), which is also the syntax of
    ///   `preferredLanguage` (RFC 2798, 2.7); nil for whoever has none.
    package func wording(for preference: String?) -> Wording {
        guard let preference else { return standard }
        for range in Self.ranges(preference) {
            if let wording = Self.lookup(range, wordings) { return wording }
        }
        return standard
    }

    /// RFC 4647, 3.4: from the full tag to the bare language. A single letter never stands last.
    private static func lookup(_ range: String, _ wordings: [String: Wording]) -> Wording? {
        var subtags = range.lowercased().split(separator: "-")
        while !subtags.isEmpty {
            if let wording = wordings[subtags.joined(separator: "-")] { return wording }
            subtags.removeLast()
            if subtags.last?.count == 1 { subtags.removeLast() }
        }
        return nil
    }

    /// How much of a preference is looked at: it may come from whoever writes to the directory, or to a front end.
    package static let charactersMax = 200

    /// Best first; those of one quality in their order. What is no range is passed over.
    private static func ranges(_ preference: String) -> [String] {
        let weighted = preference.prefix(charactersMax).split(separator: ",").compactMap { item -> (String, Double)? in
            let parts = item.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let tag = parts.first, tag.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
            else { return nil }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            return quality > 0 ? (tag, quality) : nil
        }
        return weighted.enumerated()
            .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
            .map(\.element.0)
    }
}
