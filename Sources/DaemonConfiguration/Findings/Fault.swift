/// One thing that is wrong, or unwise, in a configuration file, and what to do about it.
package struct Fault: Sendable, Hashable, CustomStringConvertible {
    package var file: String
    /// Counted from 1; the column in Unicode scalars. 0 where there is no place in the file.
    package var line: Int
    package var column: Int
    /// The key's path, such as `policies[0].register.minimum`; empty for the file as a whole.
    package var path: String
    /// What is wrong and what to do. Never holds a secret.
    package var text: String

    package init(file: String, line: Int = 0, column: Int = 0, path: String = "", text: String) {
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.text = text
    }

    /// `latchkey.yaml:12:5: users.attributs: unknown key; did you mean 'attributes'?`
    package var description: String {
        let place = line > 0 ? "\(file):\(line):\(column)" : file
        return path.isEmpty ? "\(place): \(text)" : "\(place): \(path): \(text)"
    }
}
