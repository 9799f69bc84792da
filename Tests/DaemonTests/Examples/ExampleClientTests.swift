import Foundation
import LatchkeyTesting
import LocalAPI
import Testing

/// The programs of `etc/examples`, as they are, against a real daemon.
@Suite("The example clients")
struct ExampleClientTests {
    @Test("go from sign-in to reset", arguments: ["reset.sh", "reset.py"])
    func story(_ program: String) async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let password = "a new and longer one"
                let words = [SlapdFixture.password, "CODE", "CODE", password]
                let outcome = try await Self.run(program, typing: words, daemon)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output == "applied\n")
                #expect(try await daemon.portal.signIn("carol", password).registration.state == "complete")
            }
        }
    }

    @Test("say why they were refused, and end with a failure", arguments: ["reset.sh", "reset.py"])
    func refusal(_ program: String) async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let outcome = try await Self.run(program, typing: ["a wrong one"], daemon)
                #expect(outcome.status != 0)
                #expect((outcome.errors + outcome.output).contains("sign-in"), "\(outcome.errors)\(outcome.output)")
            }
        }
    }

    private static func run(
        _ program: String,
        typing words: [String],
        _ daemon: DaemonFixture
    ) async throws -> Command.Outcome {
        let typist = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "typed_answers.py").path
        let example = LatchkeyTesting.ExampleService.repository.appending(path: "etc/examples/\(program)").path
        // The first argument is the example, the second the socket; those after it are typed.
        let line = #"""
            example=$1 socket=$2 typist=$3; shift 3
            python3 "$typist" "$@" | "$example" "$socket" carol carol.private@mail.example
            """#
        let arguments = ["-o", "pipefail", "-c", line, "bash", example, daemon.folder.frontendSocket, typist]
        return try await Command("/bin/bash", arguments + [daemon.folder.spool] + words).run(in: daemon.folder.url)
    }
}
