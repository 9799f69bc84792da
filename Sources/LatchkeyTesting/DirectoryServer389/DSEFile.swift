import Foundation

/// The configuration of a 389 Directory Server that does not run, `dse.ldif`.
struct DSEFile {
    private var entries: [String]

    init(_ text: String) { entries = text.components(separatedBy: "\n\n") }

    var text: String { entries.joined(separator: "\n\n") }

    /// Makes `values` all values of the attribute. Of a value that LDIF folds, nothing may be left over.
    mutating func replace(_ attribute: String, in dn: String, _ values: [String]) throws {
        let mark = "dn: \(dn)\n".lowercased()
        guard let index = entries.firstIndex(where: { "\($0)\n".lowercased().contains(mark) }) else {
            throw TestError("dse.ldif has no entry \(dn)")
        }
        let prefix = "\(attribute):".lowercased()
        let lines = entries[index].components(separatedBy: "\n").filter { !$0.lowercased().hasPrefix(prefix) }
        let kept = lines.last == "" ? Array(lines.dropLast()) : lines
        entries[index] = (kept + values.map { "\(attribute): \($0)" }).joined(separator: "\n")
    }

    static let configuration = "cn=config"
    static let berkeley = "cn=bdb,cn=config,cn=ldbm database,cn=plugins,cn=config"
    static let backend = "cn=config,cn=ldbm database,cn=plugins,cn=config"
    static func plugin(_ name: String) -> String { "cn=\(name),cn=plugins,cn=config" }
}
