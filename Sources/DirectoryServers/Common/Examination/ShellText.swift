import LDAPClient
import Synchronizer

/// Lines of LDIF on their way into a shell. Indentation does no harm to any of it.
enum ShellText {
    /// In single quotes, in which a shell takes everything as it stands.
    static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// Prints each line.
    static func printing(_ lines: [String]) -> String {
        "printf '%s\\n' " + lines.map(quoted).joined(separator: " \\\n  ")
    }

    /// Applies LDIF as the administrator of a server, who is asked for the password.
    static func applying(_ lines: [String], to uri: String, as administrator: String) -> String {
        "\(printing(lines)) |\nldapmodify -H \(quoted(uri)) -D \(quoted(administrator)) -W"
    }
}
