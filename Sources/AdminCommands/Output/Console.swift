/// Where a command reads and writes: the terminal, or a test's buffers.
package struct Console: Sendable {
    /// Standard output, as it is.
    package var out: @Sendable (String) -> Void
    /// Standard error, as it is.
    package var error: @Sendable (String) -> Void
    /// Whether standard error is a terminal, where a line may be drawn over.
    package var showsProgress: Bool
    /// Asks on the terminal; nil where there is none.
    package var ask: (@Sendable (_ question: String) -> String?)?
    package var environment: [String: String]

    package init(
        out: @escaping @Sendable (String) -> Void,
        error: @escaping @Sendable (String) -> Void,
        showsProgress: Bool = false,
        ask: (@Sendable (String) -> String?)? = nil,
        environment: [String: String] = [:]
    ) {
        self.out = out
        self.error = error
        self.showsProgress = showsProgress
        self.ask = ask
        self.environment = environment
    }

    func line(_ text: String) { out(text + "\n") }
    func errorLine(_ text: String) { error(text + "\n") }
}
