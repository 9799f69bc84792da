/// Something that a test needs does not work; the text says what.
package struct TestError: Error, CustomStringConvertible {
    package var description: String
    package init(_ description: String) { self.description = description }
}
