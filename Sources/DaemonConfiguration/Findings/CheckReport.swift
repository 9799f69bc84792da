/// What `latchkeyd --check` found.
package struct CheckReport: Sendable, Equatable {
    /// The configuration cannot be used: exit 78.
    package var faults: [Fault]
    /// Allowed, but below what NIST, ASVS or common sense ask for: exit stays 0.
    package var warnings: [Fault]
    /// What can only be told where the daemon runs, such as a credential of its unit.
    package var notChecked: [Fault]

    package init(faults: [Fault] = [], warnings: [Fault] = [], notChecked: [Fault] = []) {
        self.faults = faults
        self.warnings = warnings
        self.notChecked = notChecked
    }
}
