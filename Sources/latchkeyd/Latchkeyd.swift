import ArgumentParser
import DaemonRuntime

/// Only the entry: everything else is in `DaemonRuntime`, where tests reach it.
@main
enum Latchkeyd {
    static func main() async {
        await DaemonCommand.main()
    }
}
