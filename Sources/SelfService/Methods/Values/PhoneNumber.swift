import Foundation

/// A phone number in E.164 form, with the extension of an office phone.
///
/// libphonenumber would judge national numbering plans too, but brings C++, protobuf and ICU into a process that
/// holds everybody's keys, and needs updates with every plan. What is needed here is that a number is one of a
/// real country, in one form, without anything that a gateway could read as something else.
package struct PhoneNumber: Sendable, Equatable {
    /// `+`, country code, national number.
    package var number: String
    /// Digits that are keyed once the call is answered.
    package var numberExtension: String?

    /// E.164, 6: at most 15 digits; shorter than 7 is nobody's.
    static let digitCount = 7...15
    static let extensionLimit = 8
    /// Between number and extension where both are stored as one text (RFC 3966, 5.3).
    private static let separator = ";ext="

    /// - Throws: ``ServiceError`` that names the member.
    package init(typed number: String, extension typed: String? = nil) throws(ServiceError) {
        self.number = try Self.number(number)
        numberExtension = try typed.flatMap { (text) throws(ServiceError) in try Self.numberExtension(text) }
    }

    /// Of the form in which it is stored.
    package init(stored: String) {
        let parts = stored.split(separator: ";", maxSplits: 1)
        number = parts.first.map(String.init) ?? ""
        numberExtension = stored.hasPrefix(number + Self.separator) ? String(parts[1].dropFirst(4)) : nil
    }

    package var stored: String { numberExtension.map { number + Self.separator + $0 } ?? number }

    /// What a directory holds, if it can be read as a number: `+49 30 1234567 x12`, `tel:+4930…;ext=12`.
    package init?(inDirectory text: String) {
        var text = text.trimmingPrefix("tel:")[...]
        var digits: String?
        for mark in [";ext=", " ext. ", " ext ", " x", "x"] {
            guard let range = text.range(of: mark) else { continue }
            digits = String(text[range.upperBound...])
            text = text[..<range.lowerBound]
            break
        }
        guard let value = try? PhoneNumber(typed: String(text), extension: digits) else { return nil }
        self = value
    }

    /// Spaces, hyphens, dots and parentheses between digits are taken out; all else must be digits.
    private static func number(_ text: String) throws(ServiceError) -> String {
        let compact = text.withoutOuterBlanks.filter { !" -.()".contains($0) }
        let digits = compact.dropFirst()
        guard
            compact.first == "+", digitCount.contains(digits.utf8.count),
            digits.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else {
            throw ServiceError(
                .invalidValue,
                "This is not a phone number in international form. It should look like +12025550142.",
                field: "number"
            )
        }
        guard CallingCode.of(digits) != nil else {
            throw ServiceError(
                .invalidValue,
                "No country has this code. Begin with + and your country's.",
                field: "number"
            )
        }
        return compact
    }

    private static func numberExtension(_ text: String) throws(ServiceError) -> String? {
        let digits = text.withoutOuterBlanks
        guard !digits.isEmpty else { return nil }
        guard digits.utf8.count <= extensionLimit,
            digits.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else {
            throw ServiceError(.invalidValue, "An extension has at most \(extensionLimit) digits.", field: "extension")
        }
        return digits
    }
}

extension String {
    /// Without leading and trailing spaces and tabs.
    var withoutOuterBlanks: String {
        var text = self[...]
        while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
        while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
        return String(text)
    }
}
