/// Makes codes: decimal digits from the system's CSPRNG, unless a test says otherwise.
package struct CodeSource: Sendable {
    private let make: @Sendable () -> String

    /// NIST SP 800-63B-4, 3.1.3.2: at least six digits.
    package static let digits = 6

    package init() {
        make = {
            var generator = SystemRandomNumberGenerator()
            return String((0..<Self.digits).map { _ in "0123456789".randomElement(using: &generator) ?? "0" })
        }
    }

    /// For tests that need to know the code.
    package init(_ make: @escaping @Sendable () -> String) {
        self.make = make
    }

    package func next() -> String { make() }
}
