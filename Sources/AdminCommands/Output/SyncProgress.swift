import LocalAPI

/// A sync's progress on standard error: one line drawn over itself on a terminal, a line per phase elsewhere.
struct SyncProgress {
    let console: Console
    private var phase = ""
    private var width = 0

    init(console: Console) { self.console = console }

    mutating func show(_ run: SyncRunDocument) {
        let text = Self.text(run)
        if console.showsProgress {
            let padding = String(repeating: " ", count: max(0, width - text.count))
            console.error("\r" + text + padding)
            width = text.count
        } else if run.phase != phase {
            console.errorLine(text)
        }
        phase = run.phase
    }

    mutating func end() {
        if width > 0 { console.error("\r" + String(repeating: " ", count: width) + "\r") }
        width = 0
    }

    private static func text(_ run: SyncRunDocument) -> String {
        guard run.received > 0 else { return run.phase }
        guard let expected = run.expected, expected > 0 else { return "\(run.phase): \(run.received) entries" }
        return "\(run.phase): \(run.received) of about \(expected) entries"
    }
}
