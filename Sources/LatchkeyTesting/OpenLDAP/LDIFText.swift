import Foundation

/// The entries in what ldapsearch prints with `-LLL -o ldif-wrap=no`.
enum LDIFText {
    static func entries(_ text: String) -> [[String: [String]]] {
        text.components(separatedBy: "\n\n").compactMap { block in
            var entry: [String: [String]] = [:]
            for line in block.split(separator: "\n") where !line.hasPrefix("#") {
                if let (name, value) = pair(line) { entry[name, default: []].append(value) }
            }
            return entry["dn"] == nil ? nil : entry
        }
    }

    private static func pair(_ line: Substring) -> (String, String)? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let name = String(line[..<colon])
        let rest = line[line.index(after: colon)...]
        guard rest.hasPrefix(":") else { return (name, String(rest.drop { $0 == " " })) }
        let encoded = String(rest.dropFirst().drop { $0 == " " })
        // What is no text stays as it came, so that an id of random bytes is not lost.
        return Data(base64Encoded: encoded).map { (name, String(data: $0, encoding: .utf8) ?? encoded) }
    }
}
