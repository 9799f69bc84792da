import Foundation

/// The place after the last item of a page: its sort key and row. Opaque to callers (base64url of JSON).
struct ListCursor: Codable, Equatable {
    let key: String
    let row: Int64

    init(key: String, row: Int64) {
        self.key = key
        self.row = row
    }

    /// No cursor that was given out is longer.
    static let maximumLength = 4096

    /// - Returns: nil for a text that is no cursor.
    init?(_ text: String) {
        guard text.utf8.count <= Self.maximumLength else { return nil }
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: base64 + padding),
            let cursor = try? JSONDecoder().decode(ListCursor.self, from: data)
        else { return nil }
        self = cursor
    }

    var text: String {
        // Two plain properties cannot fail to encode; the empty text would be refused as a cursor.
        let data = (try? JSONEncoder().encode(self)) ?? Data()
        return data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
