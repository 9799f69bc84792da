import Foundation

/// The programs of this package as they were built beside the running test bundle.
package enum BuiltPrograms {
    package static var latchkeyd: String { get throws { try path(of: "latchkeyd") } }
    package static var latchkeyctl: String { get throws { try path(of: "latchkeyctl") } }

    /// - Throws: ``TestError`` where it was not built.
    private static func path(of name: String) throws -> String {
        // The bundle is an executable of its own on Linux, and the products stand in one folder.
        let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let program = bundle.deletingLastPathComponent().appendingPathComponent(name).path
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw TestError("\(program) is not there: build it with `swift build --build-tests`")
        }
        return program
    }
}
