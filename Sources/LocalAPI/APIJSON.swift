package import Foundation

/// How the local API writes and reads JSON (RFC 8259): camelCase members, RFC 3339 times in UTC.
package enum APIJSON {
    /// - Returns: nil for what is no RFC 3339 time in UTC.
    package static func time(_ text: String) -> Date? {
        (try? time.parse(text)) ?? (try? wholeSeconds.parse(text))
    }

    /// The time to the millisecond.
    package static func text(_ date: Date) -> String { date.formatted(time) }

    private static let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    private static let wholeSeconds = Date.ISO8601FormatStyle(includingFractionalSeconds: false)

    /// Members come in alphabetical order, so that two equal documents are equal bytes.
    package static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(text(date))
        }
        return try encoder.encode(value)
    }

    /// Lenient, for clients: members that this version does not know are passed over.
    package static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = Self.time(text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 time")
            }
            return date
        }
        return try decoder.decode(type, from: data)
    }
}
