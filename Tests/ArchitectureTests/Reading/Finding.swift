/// Something that the project does not allow itself, with its place.
struct Finding: Sendable, Equatable, CustomStringConvertible {
    var path: String
    var line: Int
    var what: String

    var description: String { "\(path):\(line): \(what)" }
}
