/// Where a secret is kept. The secret itself is never part of the configuration.
package enum SecretReference: Sendable, Equatable {
    /// `credential:NAME`: a file in `$CREDENTIALS_DIRECTORY` (systemd.exec(5)).
    case credential(String)
    /// `file:/path`: refused when group or others can read it.
    case file(String)

    private static let nameLengthMax = 255

    /// - Throws: `malformed`, without the text, which may be the secret itself.
    package init(_ text: String) throws(SecretError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.last) {
        case ("credential", let name?) where parts.count == 2:
            guard (1...Self.nameLengthMax).contains(name.utf8.count), !name.hasPrefix("."), !name.contains("/") else {
                throw SecretError(.malformed, "a credential's name has no slash and no dot in front")
            }
            self = .credential(name)
        case ("file", let path?) where parts.count == 2:
            guard path.hasPrefix("/") else { throw SecretError(.malformed, "file: needs an absolute path") }
            self = .file(path)
        default:
            throw SecretError(.malformed, "expected credential:NAME or file:/path; the secret itself never stands here")
        }
    }
}

extension SecretReference: CustomStringConvertible {
    package var description: String {
        switch self {
        case .credential(let name): "credential:\(name)"
        case .file(let path): "file:\(path)"
        }
    }
}
