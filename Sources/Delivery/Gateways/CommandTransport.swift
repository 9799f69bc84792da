package import SelfService
import Subprocess
import SystemPackage

/// Hands each message to a program of the operator's: the document on its standard input, nothing in its arguments or
/// environment, where every process of the host could read it.
///
/// It runs with the daemon's rights inside the daemon's sandbox, in a session of its own. Exit status 0 is taken, 75
/// (`EX_TEMPFAIL` of sysexits.h) is "try again"; any other refuses the message. What it writes is thrown away: it may
/// hold the message.
package struct CommandTransport: MessageTransport {
    let command: [String]
    private let timeout: Duration

    /// How long a program that is asked to end may take to do so.
    private static let grace = Duration.seconds(2)
    private static let tryAgain: CInt = 75

    /// - Parameters:
    ///   - command: an absolute path and its arguments.
    ///   - timeout: after which the program and all it started are ended.
    package init(_ command: [String], timeout: Duration = .seconds(30)) {
        self.command = command
        self.timeout = timeout
    }

    /// - Throws: a temporary error also where the program cannot be started or does not end: an operator can mend that.
    package func deliver(_ message: OutgoingMessage, reference: String) async throws(TransportError) {
        guard let json = try? MessageDocument(message, idempotencyKey: reference).json() else {
            throw TransportError(isTemporary: false, detail: "the message cannot be written as JSON")
        }
        // A file without a name instead of a pipe: no disk ever sees it, and a program that reads nothing of it
        // neither blocks the daemon nor sends it SIGPIPE.
        guard let input = MemoryFile(holding: [UInt8](json)) else {
            throw failed("cannot be given the message: no memory")
        }
        switch await status(reading: input.descriptor) {
        case .exited(0): return
        case .exited(Self.tryAgain): throw failed("asks to try again")
        case .exited(let status): throw failed("refused with exit status \(status)", isTemporary: false)
        case .signaled(let signal): throw failed("was ended by signal \(signal)")
        case .late: throw failed("did not end within \(timeout)")
        case .unstarted: throw failed("cannot be started; check the path, its mode and the sandbox")
        }
    }

    private enum Ending {
        case exited(CInt), signaled(CInt), late, unstarted
    }

    /// Whichever is first: the program's end, or its time.
    private func status(reading input: FileDescriptor) async -> Ending {
        await withTaskGroup(of: Ending?.self) { group in
            group.addTask { await run(input) }
            group.addTask { [timeout] in
                do { try await Task.sleep(for: timeout) } catch { return nil }
                return .late
            }
            let first = await group.next() ?? nil
            // Ends the program where it still runs; the group waits until it is gone.
            group.cancelAll()
            return first ?? .unstarted
        }
    }

    private func run(_ input: FileDescriptor) async -> Ending {
        do {
            let result = try await Subprocess.run(
                .path(FilePath(command[0])),
                arguments: Arguments(Array(command.dropFirst())),
                environment: .custom(["PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"]),
                workingDirectory: "/",
                platformOptions: options,
                input: .fileDescriptor(input, closeAfterSpawningProcess: true),
                output: .discarded,
                error: .discarded
            )
            switch result.terminationStatus {
            case .exited(let status): return .exited(status)
            case .signaled(let signal): return .signaled(signal)
            }
        } catch {
            return .unstarted
        }
    }

    private var options: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: Self.grace),
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: Self.grace),
        ]
        return options
    }

    private func failed(_ what: String, isTemporary: Bool = true) -> TransportError {
        TransportError(isTemporary: isTemporary, detail: "the command \(command[0]) \(what)")
    }
}
