import Testing

/// Each rule finds what it is there for, and nothing in what is right beside it.
@Suite("The rules of the project")
struct RuleTests {
    private let targets = PackageTargets(
        manifest: """
            let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
            targets: [
                .systemLibrary(name: "CLDAP", providers: [.apt(["libldap2-dev"])]),
                // .target(name: "Gone"),
                .target(name: "Lower", dependencies: ["CLDAP"]),
                .target(
                    name: "Upper",
                    dependencies: [
                        "Lower", crypto,
                    ]
                ),
                .testTarget(name: "UpperTests", dependencies: ["Upper"]),
            ]
            """
    )

    private func sample(_ text: String, at path: String = "Sources/Lower/Sample.swift") -> SourceFile {
        SourceFile(path: path, text: text)
    }

    @Test("targets are read with their dependencies, in their order")
    func manifest() {
        #expect(targets.targets.map(\.name) == ["CLDAP", "Lower", "Upper", "UpperTests"])
        #expect(targets.targets.map(\.dependencies) == [[], ["CLDAP"], ["Lower", "Crypto"], ["Upper"]])
    }

    @Test(
        "an import against the layers, of something undeclared, or in no target is found",
        arguments: [
            ("import Upper", "Sources/Lower/A.swift"), ("package import struct Upper.Thing", "Sources/Lower/A.swift"),
            ("import Crypto", "Sources/Lower/A.swift"), ("import CLDAP", "Sources/Upper/A.swift"),
            ("@testable import Lower", "Tests/UpperTests/A.swift"), ("import Crypto", "Sources/Stray/A.swift"),
        ]
    )
    func badImport(text: String, path: String) {
        #expect(LayerRule(targets: targets).findings(in: sample(text, at: path)).count == 1)
    }

    @Test("a declared import is right, and so is one of the toolchain, in a comment or in a string")
    func goodImport() {
        let text =
            "import Foundation\nimport Lower\n@preconcurrency internal import Crypto\n// import Gone\nlet a = \"\"\"\nimport Gone\n\"\"\""
        #expect(LayerRule(targets: targets).findings(in: sample(text, at: "Sources/Upper/A.swift")).isEmpty)
    }

    @Test("a dependency on a target further down is found in the manifest")
    func badManifest() {
        let text = ".target(name: \"Lower\", dependencies: [\"Upper\"]),\n.target(name: \"Upper\"),"
        #expect(LayerRule(targets: PackageTargets(manifest: text)).findingsInManifest().count == 1)
        #expect(LayerRule(targets: targets).findingsInManifest().isEmpty)
    }

    @Test(
        "a function of 71 lines is found, one of 70 is not",
        arguments: ["func long()", "init(value: Int)", "deinit"]
    )
    func longFunction(head: String) {
        func body(_ lines: Int) -> String {
            "protocol P { func requirement() }\n\(head) {\n" + String(repeating: "    step(\"}\")\n", count: lines - 2)
                + "}\n"
        }
        #expect(LengthRule.findings(in: sample(body(71))).map(\.line) == [2])
        #expect(LengthRule.findings(in: sample(body(70))).isEmpty)
    }

    @Test("a file over its limit is found, and tests may be longer")
    func longFile() {
        let lines = { (count: Int) in String(repeating: "let a = 1\n", count: count) }
        let test = "Tests/UpperTests/A.swift"
        #expect(LengthRule.findings(in: sample(lines(401))).count == 1)
        #expect(LengthRule.findings(in: sample(lines(400))).isEmpty)
        #expect(LengthRule.findings(in: sample(lines(701), at: test)).count == 1)
        #expect(LengthRule.findings(in: sample(lines(700), at: test)).isEmpty)
    }

    @Test(
        "what ends the process is found",
        arguments: ["try! open()", "x as! Int", "fatalError(\"no\")", "\"\\(try! a())\""]
    )
    func crash(text: String) {
        #expect(CrashRule.findings(in: sample(text)).count == 1)
    }

    @Test(
        "the same in a comment or a string is not",
        arguments: ["// try! it", "\"as! or fatalError(\"", "/* try!\n as! */ let a = 1"]
    )
    func noCrash(text: String) {
        #expect(CrashRule.findings(in: sample(text)).isEmpty)
    }

    @Test(
        "an escape from the checks needs a proof on the line before",
        arguments: ["@unchecked Sendable {}", "nonisolated(unsafe) var a = 1"]
    )
    func proof(text: String) {
        #expect(CrashRule.findings(in: sample("final class A: \(text)")).count == 1)
        #expect(CrashRule.findings(in: sample("/// Documentation of a class.\nfinal class A: \(text)")).count == 1)
        #expect(CrashRule.findings(in: sample("// Proof\nfinal class A: \(text)")).count == 1)
        #expect(CrashRule.findings(in: sample("// Only touched under its lock.\nfinal class A: \(text)")).isEmpty)
    }

    @Test(
        "a name that says nothing is found, in a file and in a folder",
        arguments: [
            "Utils.swift", "StringHelpers.swift", "String+Extensions.swift", "Utils/Clock.swift",
            "SessionManager.swift", "Constants.swift",
        ]
    )
    func vagueName(path: String) {
        #expect(NameRule.findings(in: sample("let a = 1", at: "Sources/Lower/\(path)")).count == 1)
        #expect(NameRule.findings(in: sample("let a = 1", at: "Sources/Lower/Clock.swift")).isEmpty)
    }

    @Test(
        "a module with a type of its own name is found",
        arguments: ["struct Lower {}", "package final actor Lower {", "typealias Lower = Int"]
    )
    func shadow(text: String) {
        #expect(NameRule.findings(in: sample(text)).count == 1)
        #expect(NameRule.findings(in: sample("struct LowerCase {}\n// struct Lower")).isEmpty)
        #expect(NameRule.findings(in: sample(text, at: "Sources/Upper/A.swift")).isEmpty)
    }

    @Test("a dead file is found")
    func dead() {
        #expect(DeadFileRule.findings(in: sample("// later\nimport Foundation\n\n")).count == 1)
        #expect(DeadFileRule.findings(in: sample("let a = 1", at: "Sources/Lower/Placeholder.swift")).count == 1)
        #expect(DeadFileRule.findings(in: sample("extension Int {}")).isEmpty)
    }

    @Test(
        "a test that sleeps is found",
        arguments: ["try await Task.sleep(for: .seconds(1))", "usleep(5)", "sleep(1)", "_ = sleep(1)"]
    )
    func sleeping(text: String) {
        let path = "Tests/UpperTests/A.swift"
        #expect(SleepRule.findings(in: sample(text, at: path)).count == 1)
        #expect(SleepRule.findings(in: sample(text, at: "Sources/LatchkeyTesting/Clocks/A.swift")).count == 1)
        #expect(SleepRule.findings(in: sample(text, at: "Sources/LatchkeyTesting/Waiting/A.swift")).isEmpty)
        #expect(SleepRule.findings(in: sample("// \(text)\nfunc sleep(_ time: Int)", at: path)).isEmpty)
    }

    @Test(
        "a sentence of doctor that no test of an examination quotes is found, and no other",
        arguments: [
            ("a(\"the vault is \\(x) and open\")", "b(\" and open to others\")", 1),
            ("a(\"the vault is \" + \"open to \\(x)\")", "b(\"vault is open to\")", 0),
            ("a(\"the vault is \\(x ? \"very wide open\" : \"\")\")", "b(\"the vault is \")", 1),
            ("a(\"the vault is \\(x) and shut\")", "b(\"well: the vault is \\(y) and shut\")", 0),
            ("a(\"the vault is open\")", "@Test(\n\"the vault is open\")", 1),
            ("a(\"the vault is open\") // \"it really is open\"", "b(\"the vault is open\")", 0),
            ("a(\"cn=vault\", \"-H ldapi:/// -x\", \"two words\")", "", 0),
        ]
    )
    func sentences(source: String, test: String, count: Int) {
        let file = sample(source, at: "Sources/Upper/Examination/A.swift")
        let files = [
            file, sample(test, at: "Tests/UpperTests/Examination/B.swift"), sample(source, at: "Tests/C.swift"),
        ]
        #expect(SentenceRule(files).findings(in: file).count == count)
    }
}
