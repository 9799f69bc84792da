import DaemonRuntime

await DaemonCommand.main()
