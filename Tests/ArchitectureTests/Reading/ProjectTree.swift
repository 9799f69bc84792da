import Foundation

/// The project that this test was compiled from.
enum ProjectTree {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func targets() throws -> PackageTargets {
        PackageTargets(manifest: try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8))
    }

    /// Every Swift file below `Sources` and `Tests`.
    static func files() throws -> [SourceFile] { try read.get() }

    /// Read once for all rules.
    private static let read = Result { try readFiles() }

    private static func readFiles() throws -> [SourceFile] {
        try ["Sources", "Tests"].flatMap { folder in
            try FileManager.default.subpathsOfDirectory(
                atPath: root.appending(path: folder).path(percentEncoded: false)
            )
            .filter { $0.hasSuffix(".swift") }.sorted()
            .map { try file("\(folder)/\($0)") }
        }
    }

    private static func file(_ path: String) throws -> SourceFile {
        SourceFile(path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
    }
}
