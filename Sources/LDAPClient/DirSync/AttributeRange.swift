/// A part of an attribute's values, as `member;range=0-1499` names it (MS-ADTS, 3.1.1.3.1.3.3): Active Directory
/// sends large groups so, and leaves the plain `member` empty.
package struct AttributeRange: Sendable, Equatable {
    package let first: Int
    /// Nil where the range reaches to the end.
    package let last: Int?

    /// Nil for the name of anything but a range of this attribute.
    package init?(_ text: String, of attribute: AttributeName) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == attribute.text.lowercased() else { return nil }
        guard parts[1].lowercased().hasPrefix("range=") else { return nil }
        let bounds = parts[1].dropFirst("range=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2, let first = Self.number(bounds[0]) else { return nil }
        self.first = first
        if bounds[1] == "*" {
            last = nil
        } else {
            guard let last = Self.number(bounds[1]), last >= first else { return nil }
            self.last = last
        }
    }

    /// More values than any group has; a number beyond it is none.
    private static let numberMax = 1 << 30

    private static func number(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int(text).flatMap { $0 <= numberMax ? $0 : nil }
    }
}

extension AttributeName {
    /// The values from this one on.
    /// - Parameter count: at most so many; `nil` for as many as the server sends at once.
    package func range(from first: Int, count: Int? = nil) -> AttributeName {
        let last = count.map { "\(first + max(1, $0) - 1)" } ?? "*"
        return AttributeName(unchecked: "\(text);range=\(first)-\(last)")
    }
}

extension SearchEntry {
    /// The values of an attribute that came as a range, and which range; `nil` where the whole attribute came.
    package func partialStrings(_ name: AttributeName) -> (values: [String], range: AttributeRange)? {
        for text in attributeNames {
            if let range = AttributeRange(text, of: name) {
                return (strings(AttributeName(unchecked: text)), range)
            }
        }
        return nil
    }
}
