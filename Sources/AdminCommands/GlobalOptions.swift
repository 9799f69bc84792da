import ArgumentParser

/// Options of every verb, accepted before and after it.
struct GlobalOptions: ParsableArguments {
    static let socketVariable = "LATCHKEY_ADMIN_SOCKET"
    static let defaultSocket = "/run/latchkey/admin.sock"

    @Option(help: "The daemon's admin socket (default: $\(socketVariable), or \(defaultSocket)).")
    var socket: String?

    @Flag(help: "Print the API's document unchanged.")
    var json = false

    func socketPath(environment: [String: String]) -> String {
        socket ?? environment[Self.socketVariable].flatMap { $0.isEmpty ? nil : $0 } ?? Self.defaultSocket
    }
}
