import DaemonConfiguration
import Foundation
import SelfService
import Testing

@Suite("Template files")
struct TemplateTests {
    private static let shipped = Sample.repository.appending(path: "etc/templates")

    private func check(_ files: [String: String]) throws -> CheckReport {
        let folder = try Folder()
        for (name, text) in files { _ = try folder.file(name, text) }
        return check(folder.path)
    }

    private func check(_ folder: String) -> CheckReport {
        ConfigurationFile.check(
            text: Sample.least + "\ntemplates: \(folder)\n",
            name: "latchkey.yaml",
            environment: [:],
            names: FakeNames()
        )
    }

    private func shipped() throws -> [Wording] {
        let text = Sample.least + "\ntemplates: \(Self.shipped.path)\n"
        return try ConfigurationFile.parse(text: text, name: "latchkey.yaml", names: FakeNames()).wordings
    }

    @Test("those that are shipped are whole: no fault, and nothing is said in English by default")
    func whole() {
        let report = check(Self.shipped.path)
        #expect(report.faults == [])
        #expect(report.warnings.filter { $0.file != "latchkey.yaml" } == [])
    }

    @Test("en.yaml says what is built in, so that a translation begins with the truth")
    func english() throws {
        let english = try #require(try shipped().first { $0.language == "en" })
        #expect(english == .english)
    }

    @Test("there are several languages, and none repeats another")
    func languages() throws {
        let all = try shipped()
        #expect(Set(all.map(\.language)) == ["en", "de", "fr"])
        for topic in MessageTopic.allCases {
            for form in topic.forms where form != .subject {
                let content = MessageContent(topic, form, minutes: 10, method: .email)
                let bodies = all.map {
                    OutgoingMessage(channel: .email, to: "a", content: content, code: "1").worded(by: $0).body
                }
                #expect(Set(bodies).count == all.count, "\(topic) \(form)")
            }
        }
    }

    @Test("what is missing is a warning and English; what is wrong names file and line")
    func faults() throws {
        let missing = try check(["sv.yaml": "reset-code: { text: \"{code} är koden\" }\n"])
        #expect(missing.faults == [])
        let told = missing.warnings.map(\.description)
        #expect(
            told.contains { $0.hasPrefix("sv.yaml:1:1") && $0.contains("has no method-added: it is said in English") }
        )
        #expect(told.contains { $0.contains("reset-code: has no mail: it is said in English") })

        let wrong = try check([
            "sv.yaml": """
            reset-code:
              text: koden
              txt: a
              mail: [a]
            reset-kod: { text: a }
            methods: { email: e-post, telefon: b }
            """
        ])
        let faults = wrong.faults.map(\.description)
        #expect(faults.contains("sv.yaml:2:9: reset-code.text: needs {code}, or nobody would get it"))
        #expect(faults.contains { $0.hasPrefix("sv.yaml:3:3: reset-code.txt: unknown key") && $0.contains("text") })
        #expect(faults.contains { $0.hasPrefix("sv.yaml:4:9: reset-code.mail: expected a text") })
        #expect(faults.contains { $0.hasPrefix("sv.yaml:5:1: reset-kod: unknown key") && $0.contains("reset-code") })
        #expect(faults.contains { $0.hasPrefix("sv.yaml:6:27: methods.telefon: unknown key") }, "\(faults)")
        #expect(faults.count == 5, "\(faults)")
    }

    @Test("a folder without languages, a name that is none, and no folder are faults of the configuration")
    func folders() throws {
        #expect(try check(["README": "x"]).faults.map(\.text).contains { $0.contains("must hold 1 to 100 files") })
        #expect(try check(["new_words.yaml": "{}"]).faults.map(\.text).contains { $0.contains("name of its language") })
        #expect(check("/nowhere/at/all").faults.map(\.text).contains { $0.contains("cannot be read") })
        #expect(try check(["sv.yaml": "\u{FF}: ["]).faults.contains { $0.file == "sv.yaml" })
    }
}
