import AdminCommands
import Foundation

/// Output that nobody reads any more (`| head`) ends the program.
@Sendable func put(_ text: String, _ file: FileHandle) {
    do { try file.write(contentsOf: Data(text.utf8)) } catch { exit(1) }
}

@Sendable func ask(_ question: String) -> String? {
    put(question, FileHandle.standardError)
    return readLine()
}

let readsTerminal = isatty(STDIN_FILENO) == 1
let writesTerminal = isatty(STDERR_FILENO) == 1
var console = Console(
    out: { put($0, FileHandle.standardOutput) },
    error: { put($0, FileHandle.standardError) }
)
console.showsProgress = writesTerminal
if readsTerminal && writesTerminal { console.ask = ask }
console.environment = ProcessInfo.processInfo.environment
exit(await AdminProgram.run(Array(CommandLine.arguments.dropFirst()), on: console))
