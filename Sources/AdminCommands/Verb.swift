import ArgumentParser

/// A command that talks to the daemon.
protocol Verb: ParsableCommand {
    var global: GlobalOptions { get }
    func perform(_ session: AdminSession) async throws -> ExitStatus
}
