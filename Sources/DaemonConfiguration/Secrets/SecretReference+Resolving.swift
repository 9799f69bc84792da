import Foundation

extension SecretReference {
    /// In bytes.
    package static let sizeMax = 64 * 1024
    package static let credentialsDirectoryVariable = "CREDENTIALS_DIRECTORY"

    /// The secret: the file's bytes less one trailing newline. Blocks on the file.
    ///
    /// - Throws: `noCredentials` outside the unit, `unusable` for a file that is missing, no regular file (a
    ///   symbolic link is none), larger than ``sizeMax`` or open to group or others; never with its content.
    package func resolve(environment: [String: String]) throws(SecretError) -> [UInt8] {
        var bytes = try BoundedFile.readSecret(try path(in: environment), maximum: Self.sizeMax)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw SecretError(.unusable, "\(self) is empty; write the secret into it") }
        return bytes
    }

    private func path(in environment: [String: String]) throws(SecretError) -> String {
        switch self {
        case .file(let path): return path
        case .credential(let name):
            guard let directory = environment[Self.credentialsDirectoryVariable], directory.hasPrefix("/") else {
                throw SecretError(
                    .noCredentials,
                    "credential '\(name)': there is no $CREDENTIALS_DIRECTORY here; "
                        + "name it with LoadCredential= in the unit, or use file:/path"
                )
            }
            return directory + "/" + name
        }
    }
}
