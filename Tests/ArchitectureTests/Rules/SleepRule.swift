/// Tests wait for events with a deadline, never for a time. One place may sleep: the one that implements this waiting.
enum SleepRule {
    private static let waiting = "Sources/LatchkeyTesting/Waiting/"
    private static let calls = ["Task.sleep", "Thread.sleep", "Clock().sleep", "clock.sleep", "usleep(", "nanosleep("]

    static func findings(in file: SourceFile) -> [Finding] {
        guard file.isTest || file.target == "LatchkeyTesting", !file.path.hasPrefix(waiting) else { return [] }
        return file.code.indices.filter { sleeps(file.code[$0]) }.map {
            file.finding($0, "sleeps for a time; wait for the event, with a deadline")
        }
    }

    private static func sleeps(_ line: String) -> Bool {
        guard line.contains("sleep") else { return false }
        return calls.contains { line.contains($0) }
            || line.firstMatch(of: /(?:^|[^.\w])sleep\(/) != nil && !line.contains("func sleep(")
    }
}
