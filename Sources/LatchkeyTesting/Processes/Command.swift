package import Foundation

/// A program that is run to its end.
package struct Command: Sendable {
    package struct Outcome: Sendable {
        package var status: Int32
        package var output: String
        package var errors: String
    }

    package var executable: String
    package var arguments: [String]

    package init(_ executable: String, _ arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
    }

    /// - Parameters:
    ///   - input: what the program reads on standard input.
    ///   - directory: for the files that carry input and output; it must exist.
    package func run(input: String = "", in directory: URL) async throws -> Outcome {
        let base = directory.appendingPathComponent("command-\(UUID().uuidString)")
        let files = ["in", "out", "err"].map { base.appendingPathExtension($0) }
        defer { for file in files { try? FileManager.default.removeItem(at: file) } }
        try Data(input.utf8).write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        let status = try await start(files)
        return Outcome(
            status: status,
            output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
        )
    }

    /// Like ``run(input:in:)``, and throws unless the status is 0.
    @discardableResult
    package func check(input: String = "", in directory: URL) async throws -> String {
        let outcome = try await run(input: input, in: directory)
        guard outcome.status == 0 else {
            throw TestError(
                "\(executable) \(arguments) ended with \(outcome.status): \(outcome.errors)\(outcome.output)"
            )
        }
        return outcome.output
    }

    private func start(_ files: [URL]) async throws -> Int32 {
        let handles = [
            try FileHandle(forReadingFrom: files[0]),
            try FileHandle(forWritingTo: files[1]),
            try FileHandle(forWritingTo: files[2]),
        ]
        let (exits, continuation) = AsyncStream.makeStream(of: Int32.self)
        _ = try await Spawn.start(executable, arguments, standard: handles.map(\.fileDescriptor)) {
            continuation.yield($0)
            continuation.finish()
        }
        for handle in handles { try handle.close() }
        guard let status = await exits.first(where: { _ in true }) else {
            throw TestError("nobody waited for \(executable)")
        }
        return status
    }
}
