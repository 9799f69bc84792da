/// Why the daemon did not start, with the exit status that tells systemd whether trying again can help.
package struct StartError: Error, Sendable, CustomStringConvertible {
    /// 78 (`EX_CONFIG`, sysexits.h): only an administrator can help. 1: another attempt may work.
    package var exitCode: Int32
    package var description: String

    package static func configuration(_ text: String) -> StartError { StartError(exitCode: 78, description: text) }
    package static func failure(_ text: String) -> StartError { StartError(exitCode: 1, description: text) }
}
