/// How a command went, for scripts (sysexits(3) where it has one).
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    case usage = 2
    case unreachable = 69
    case tryAgain = 75
}
