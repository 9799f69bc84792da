/// A rule of a port that an implementation does not keep.
package struct RuleBroken: Error, CustomStringConvertible {
    package var description: String
}

/// States what holds. This target is not a test itself, so it throws where a test would record an issue.
func expect(
    _ condition: Bool,
    _ sentence: String,
    file: String = #fileID,
    line: Int = #line
) throws {
    guard condition else { throw RuleBroken(description: "\(file):\(line): not so: \(sentence)") }
}

func unwrap<Value>(
    _ value: Value?,
    _ sentence: String,
    file: String = #fileID,
    line: Int = #line
) throws -> Value {
    guard let value else { throw RuleBroken(description: "\(file):\(line): not so: \(sentence)") }
    return value
}
