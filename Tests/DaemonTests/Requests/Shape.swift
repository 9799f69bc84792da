import Foundation

/// What a JSON document looks like without its values.
indirect enum Shape: Equatable {
    case object([String: Shape])
    /// With the shape of the first element.
    case list(Shape?)
    case text, number, null

    init(_ data: Data) throws {
        self = Shape(try JSONDecoder().decode(Document.self, from: data))
    }

    private init(_ document: Document) {
        switch document {
        case .object(let members): self = .object(members.mapValues(Shape.init))
        case .list(let elements): self = .list(elements.first.map(Shape.init))
        case .text: self = .text
        case .number: self = .number
        case .null: self = .null
        }
    }

    private enum Document: Decodable {
        case object([String: Document])
        case list([Document])
        case text, number, null

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let members = try? container.decode([String: Document].self) {
                self = .object(members)
            } else if let elements = try? container.decode([Document].self) {
                self = .list(elements)
            } else if (try? container.decode(String.self)) != nil {
                self = .text
            } else {
                self = .number
            }
        }
    }
}
