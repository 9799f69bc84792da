/// Makes codes: decimal digits from the system's CSPRNG, unless a test says otherwise.
package struct CodeSource: Sendable {
    private let make: @Sendable () -> String
    private let makeNumber: @Sendable (Int) -> String

    /// NIST SP 800-63B-4, 3.1.3.2: at least six digits.
    package static let digits = 6

    package init() {
        make = { Self.random(digits: Self.digits) }
        makeNumber = { Self.random(digits: $0) }
    }

    private static func random(digits: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return String((0..<digits).map { _ in "0123456789".randomElement(using: &generator) ?? "0" })
    }

    /// For tests that need to know the code.
    package init(_ make: @escaping @Sendable () -> String) {
        self.make = make
        makeNumber = { String(make().suffix($0)) }
    }

    package func next() -> String { make() }

    /// A number to be shown on the page and keyed elsewhere.
    package func number(digits: Int) -> String { makeNumber(digits) }
}
