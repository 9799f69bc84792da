import SelfService
import Yams

/// `limits:`: DESIGN's keys, with those sub-keys that this version can hold to.
enum LimitsSection {
    private static let countMax = 100_000

    static func read(_ value: Value) -> Limits? {
        let keys = ["dryRun", "person", "destination", "frontend", "address", "global", "prefixes"]
        guard let fields = value.fields(keys) else { return nil }
        var limits = Limits()
        if let value = fields["person"] { person(value, &limits) }
        if let value = fields["destination"] { destination(value, &limits) }
        let sessions = fields["frontend"]?.fields(["sessionsPerMinute"])?["sessionsPerMinute"]
        if let count = sessions?.integer(in: 1...countMax) { limits.sessionStartsPerMinute = count }
        let attempts = fields["address"]?.fields(["attemptsPerMinute"])?["attemptsPerMinute"]
        if let count = attempts?.integer(in: 1...countMax) { limits.attemptsPerAddress = count }
        if let value = fields["global"] { global(value, &limits) }
        if let value = fields["prefixes"] { prefixes(value, &limits.budgets) }
        if let dryRun = fields["dryRun"], dryRun.flag() == true { tryOut(dryRun, &limits) }
        return limits
    }

    private static func person(_ value: Value, _ limits: inout Limits) {
        let keys = [
            "answersPerChallenge", "wrongAnswersPerHour", "signInFailures", "signInWindow", "messagesPerHour",
            "messagesPerDay",
        ]
        guard let fields = value.fields(keys) else { return }
        if let count = fields["answersPerChallenge"]?.integer(in: 1...20) { limits.answersPerChallenge = count }
        if let count = fields["wrongAnswersPerHour"]?.integer(in: 1...100) { limits.wrongAnswersPerMethod = count }
        if let count = fields["signInFailures"]?.integer(in: 1...100) { limits.signInFailures = count }
        if let seconds = fields["signInWindow"]?.span(in: 60...86400) { limits.signInWindow = seconds }
        if let count = fields["messagesPerHour"]?.integer(in: 1...countMax) { limits.messagesPerPerson = count }
        if let count = fields["messagesPerDay"]?.integer(in: 1...countMax) { limits.messagesPerPersonAndDay = count }
    }

    private static func destination(_ value: Value, _ limits: inout Limits) {
        guard let fields = value.fields(["messagesPerHour", "messagesPerDay"]) else { return }
        if let count = fields["messagesPerHour"]?.integer(in: 1...countMax) { limits.messagesPerDestination = count }
        if let count = fields["messagesPerDay"]?.integer(in: 1...countMax) {
            limits.messagesPerDestinationAndDay = count
        }
    }

    private static func global(_ value: Value, _ limits: inout Limits) {
        guard let fields = value.fields(["attemptsPerMinute", "textsAndCallsPerDay", "reserve"]) else { return }
        limits.attemptsInAll = fields["attemptsPerMinute"]?.integer(in: 1...countMax)
        if fields["attemptsPerMinute"] == nil || fields["reserve"] != nil { _ = fields.required("textsAndCallsPerDay") }
        limits.budgets.perDay = fields["textsAndCallsPerDay"]?.integer(in: 1...countMax)
        if let count = fields["reserve"]?.integer(in: 0...countMax) { limits.budgets.reserve = count }
    }

    private static let others = "other"
    private static let refuse = "refuse"

    /// `{ "+1": 3000, "+1900": refuse, other: refuse }`
    private static func prefixes(_ value: Value, _ budgets: inout DeliveryBudgets) {
        let names = value.node.mapping?.compactMap(\.key.scalar?.string) ?? []
        guard let fields = value.fields(names) else { return }
        for name in names {
            guard let entry = fields[name] else { continue }
            if name == others {
                budgets.otherwise = allowance(entry) ?? .refused
            } else if isPrefix(name) {
                budgets.prefixes.append(DeliveryBudgets.Prefix(name, allowance(entry) ?? .refused))
            } else {
                entry.fault("expected a prefix in quotes such as \"+1\" or \"+1900\", or other")
            }
        }
    }

    /// `+` and one to seven digits: the country, or a range within one (E.164, 6). None begins with 0.
    private static func isPrefix(_ name: String) -> Bool {
        let digits = name.dropFirst().utf8
        return name.first == "+" && (1...7).contains(digits.count) && digits.first != UInt8(ascii: "0")
            && digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
    }

    private static func allowance(_ value: Value) -> DeliveryBudgets.Allowance? {
        if value.node.scalar?.string == refuse { return .refused }
        guard let text = value.node.scalar?.string, let count = Int(text), (1...countMax).contains(count) else {
            return value.wrong("expected messages per day from 1 to \(countMax), or refuse")
        }
        return .perDay(count)
    }

    private static func tryOut(_ value: Value, _ limits: inout Limits) {
        limits.isDryRun = true
        limits.budgets.isDryRun = true
        value.warn(
            "all limits are only tried out: what is over them is in the audit or the log, and goes on. For guesses, and "
                + "for messages to one person or destination, the defaults hold meanwhile; refused prefixes stay refused"
        )
    }
}
