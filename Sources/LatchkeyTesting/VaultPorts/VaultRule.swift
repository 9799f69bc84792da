/// One rule of the ports, as a sentence, with what shows that an implementation keeps it.
///
/// A test runs ``all`` on each implementation: `@Test(arguments: VaultRule.all)`.
package struct VaultRule: Sendable, CustomStringConvertible {
    package let sentence: String
    private let check: @Sendable (VaultScene) async throws -> Void

    init(_ sentence: String, _ check: @escaping @Sendable (VaultScene) async throws -> Void) {
        self.sentence = sentence
        self.check = check
    }

    package var description: String { sentence }

    /// - Throws: ``RuleBroken``, or what the implementation throws.
    package func run(on make: VaultFactory) async throws {
        let clock = ManualClock()
        try await check(VaultScene(store: try await make(clock), clock: clock))
    }

    package static let all =
        registrations + retention + recentPolicies + sessions + challenges + answers + methods + limits + knownNetworks
        + attempts + resets
        + writes + watches + linkedWrites + links + messages + budgets + records + personalData + administration
}
