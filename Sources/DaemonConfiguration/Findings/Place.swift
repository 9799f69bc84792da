import Yams

/// A place in the file, counted from 1; columns in Unicode scalars.
struct Place: Sendable, Hashable {
    var line: Int
    var column: Int
}

extension Node {
    var place: Place? { mark.map { Place(line: $0.line, column: $0.column) } }
}

extension Place {
    init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}
