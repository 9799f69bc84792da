import ArgumentParser
import DaemonRuntime

await DaemonCommand.main()
