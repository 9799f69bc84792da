import Testing

@Suite("The failure modes of the field")
struct FailureModeTests {
    @Test("have a test each, and the table of them names tests that exist")
    func table() throws {
        let table = try TestTable("Tests/DirectoryServersTests/FailureModes/README.md")
        #expect(table.names.count > 60)
        #expect(try table.missing() == [], "no test is called so")
        for mode in 1...15 { #expect(table.names.contains { $0.hasPrefix("failure mode \(mode): ") }, "mode \(mode)") }
    }
}
