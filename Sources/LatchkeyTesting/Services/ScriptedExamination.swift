import Synchronization
package import Synchronizer

/// An examination that finds what a test says.
package final class ScriptedExamination: Examination {
    private let findings = Mutex([
        Finding(.following, "ldap://one", .fine, "OpenLDAP; followed by content-sync: it can"),
        Finding(
            .content,
            "ldap://two",
            .warning,
            "none shows mail",
            remedy: "Let the service account read it.",
            pastes: [Finding.Paste("slapd.conf", "access to attrs=mail\n  by * read")]
        ),
    ])

    package init() {}

    package func find(_ finding: Finding) { findings.withLock { $0.append(finding) } }

    package func examine() async -> [Finding] { findings.withLock { $0 } }
}
