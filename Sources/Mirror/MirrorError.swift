/// Why the mirror cannot be opened or written.
package struct MirrorError: Error, Sendable, Equatable, CustomStringConvertible {
    package struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case notOurs, newerSchema, damaged, inaccessible, noStaging, stagingOpen
        }

        private let value: Value

        /// The file is a database of another program.
        package static let notOurs = Code(value: .notOurs)
        /// A later version of Latchkey wrote the file.
        package static let newerSchema = Code(value: .newerSchema)
        /// The file is not a readable database any more.
        package static let damaged = Code(value: .damaged)
        /// The file system refuses.
        package static let inaccessible = Code(value: .inaccessible)
        /// A staging operation without a staging generation.
        package static let noStaging = Code(value: .noStaging)
        /// A second writer while a staging generation is open.
        package static let stagingOpen = Code(value: .stagingOpen)

        package var description: String { value.rawValue }
    }

    package var code: Code
    /// The file.
    package var path: String
    /// One sentence: what happened and what to do.
    package var detail: String

    package init(_ code: Code, path: String, detail: String) {
        self.code = code
        self.path = path
        self.detail = detail
    }

    package var description: String { "\(path): \(detail)" }
}
