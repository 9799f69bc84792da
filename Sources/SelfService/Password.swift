/// A password on its way from the socket to the directory: never stored, never described.
package struct Password: Sendable {
    /// UTF-8, as typed.
    package let text: String

    package init(_ text: String) { self.text = text }

    /// RFC 4513, 5.1.2: a bind with an empty password is an anonymous success. It never counts as one here.
    package var isEmpty: Bool { text.isEmpty }

    /// Neither the directory's nor any reasonable person's.
    package static let byteLimit = 1024
}

extension Password: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(password)" }
    package var debugDescription: String { "(password)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
