import Yams

/// The tree of a YAML text, with its duplicate keys told apart.
struct Document {
    /// A key that stands once more in the same mapping. Its first letter is replaced in the text, so that the
    /// parser goes on and the other faults are found too.
    struct Masked {
        var name: String
        var place: Place
    }

    var root: Node?
    var masked: [String: Masked] = [:]

    private static let duplicatesMax = 50
    /// Private use: no key begins with one of these.
    private static let firstMask: UInt32 = 0xE000
    private static let anchorsMax = 10
    private static let nestingMax = 20

    /// - Throws: nothing; what is wrong goes to `findings`, and then there is no root.
    init(_ text: String, findings: Findings) {
        let anchors = AnchorScan.places(in: text, limit: Self.anchorsMax)
        for place in anchors {
            findings.fault(
                "",
                at: place,
                "anchors and aliases are not allowed; write the value out, or put it in quotes"
            )
        }
        guard anchors.isEmpty else { return }
        var text = text
        for _ in 0...Self.duplicatesMax {
            do {
                // Every scalar is read as the text that it is; rules for tags would be regular expressions to compile.
                root = try Yams.Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
                checkEmptiness(findings)
                return
            } catch let YamlError.duplicatedKeysInMapping(names, context) {
                guard let changed = mask(names, at: Place(context.mark), in: text, findings) else { return }
                text = changed
            } catch {
                Self.report(error, text, findings)
                return
            }
        }
        findings.fault("", at: nil, "more than \(Self.duplicatesMax) duplicate keys; keep one of each")
    }

    private func checkEmptiness(_ findings: Findings) {
        if root == nil {
            findings.fault("", at: nil, "the file is empty; see latchkey.yaml's example for what it needs")
        }
    }

    private mutating func mask(_ names: [String], at place: Place, in text: String, _ findings: Findings) -> String? {
        let name = names.first ?? ""
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
        let (line, column) = (place.line - 1, place.column - 1)
        guard lines.indices.contains(line), lines[line].indices.contains(column), !name.isEmpty,
            let mask = Unicode.Scalar(Self.firstMask + UInt32(masked.count))
        else {
            findings.fault("", at: place, "duplicate key \(Quotation.of(name)); keep one of them")
            return nil
        }
        let isQuoted = lines[line][column] == "\"" || lines[line][column] == "'"
        let position = isQuoted ? column + 1 : column
        guard lines[line].indices.contains(position) else { return nil }
        lines[line][position] = mask
        masked[String(mask) + name.unicodeScalars.dropFirst().map(String.init).joined()] = Masked(
            name: name,
            place: place
        )
        return lines.map { line in line.map(String.init).joined() }.joined(separator: "\n")
    }

    private static func report(_ error: any Error, _ text: String, _ findings: Findings) {
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            let about = (context.map { "\($0.text) in line \($0.mark.line), " } ?? "") + problem
            findings.fault("", at: Place(mark), "not YAML: \(about)")
        case YamlError.reader(let problem, let offset, _, _):
            let before = text.prefix(offset ?? 0)
            let line = before.count { $0 == "\n" } + 1
            let column = (before.lastIndex(of: "\n").map { before[$0...].dropFirst() } ?? before).count + 1
            findings.fault("", at: Place(line: line, column: column), "not YAML: \(problem)")
        default:
            findings.fault("", at: nil, "not YAML")
        }
    }
}
