import Testing

@Suite("The project")
struct ProjectTests {
    @Test("has its targets and files found, so that the rules below look at something")
    func found() throws {
        let targets = try ProjectTree.targets()
        #expect(targets.position("LDAPClient") != nil && targets.position("DaemonRuntime") != nil)
        #expect(targets.targets.first { $0.name == "Audit" }?.dependencies == ["Identity", "Crypto"])
        let files = try ProjectTree.files()
        #expect(files.count > 100 && files.contains { $0.isTest } && files.contains { !$0.isTest })
        #expect(Set(targets.targets.map(\.name)).isSuperset(of: files.map(\.target)))
    }

    @Test("imports only downwards in its layers, and only what it declares")
    func layers() throws {
        let rule = LayerRule(targets: try ProjectTree.targets())
        #expect(rule.findingsInManifest().map(\.description) == [])
        try expectNone(rule.findings)
    }

    @Test("has short files and short functions")
    func lengths() throws { try expectNone(LengthRule.findings) }

    @Test("ends on no surprise, and proves what it takes from the compiler's checks")
    func crashes() throws { try expectNone(CrashRule.findings) }

    @Test("names its files by what is in them")
    func names() throws { try expectNone(NameRule.findings) }

    @Test("has no dead file")
    func dead() throws { try expectNone(DeadFileRule.findings) }

    @Test("waits for events in its tests, and never sleeps")
    func sleeps() throws { try expectNone(SleepRule.findings) }

    private func expectNone(_ rule: (SourceFile) -> [Finding]) throws {
        let findings = try ProjectTree.files().flatMap(rule)
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    }
}
