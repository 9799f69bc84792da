import DaemonConfiguration
import Foundation
import Testing

@Suite("Secrets by reference")
struct SecretTests {
    private func code(_ reference: SecretReference, _ environment: [String: String] = [:]) -> SecretError.Code? {
        do throws(SecretError) {
            _ = try reference.resolve(environment: environment)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(
        "a secret is the file's bytes less one trailing newline",
        arguments: [("abc\n", "abc"), ("abc", "abc"), ("abc\n\n", "abc\n"), (" a b \r\n", " a b \r")]
    )
    func newline(content: String, secret: String) throws {
        let folder = try Folder()
        let path = try folder.file("s", content)
        #expect(try SecretReference.file(path).resolve(environment: [:]) == Array(secret.utf8))
    }

    @Test("a file that group or others may touch is refused", arguments: [0o640, 0o604, 0o620, 0o602, 0o610, 0o601])
    func modes(mode: Int) throws {
        let folder = try Folder()
        #expect(try code(.file(folder.file("s", "hunter2", mode: mode))) == .unusable)
    }

    @Test("a symbolic link, a folder, a missing, an empty and a large file are refused, without their content")
    func kinds() throws {
        let folder = try Folder()
        let real = try folder.file("real", "hunter2")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: real)
        #expect(code(.file(real)) == nil)
        #expect(code(.file(folder.path + "/link")) == .unusable)
        #expect(code(.file(folder.path)) == .unusable)
        #expect(code(.file(folder.path + "/missing")) == .unusable)
        #expect(try code(.file(folder.file("empty", "\n"))) == .unusable)
        let most = String(repeating: "x", count: SecretReference.sizeMax)
        #expect(try code(.file(folder.file("most", most))) == nil)
        #expect(try code(.file(folder.file("more", most + "x"))) == .unusable)
    }

    @Test("a credential is a file of its name in the unit's folder")
    func credential() throws {
        let folder = try Folder()
        _ = try folder.file("key", "abc\n", mode: 0o400)
        let environment = ["CREDENTIALS_DIRECTORY": folder.path]
        #expect(try SecretReference.credential("key").resolve(environment: environment) == Array("abc".utf8))
        #expect(code(.credential("key")) == .noCredentials)
        #expect(code(.credential("other"), environment) == .unusable)
    }

    @Test(
        "text of another form is no reference",
        arguments: [
            "hunter2", "credential:", "credential:a/b", "credential:.hidden", "file:relative", "file:", "env:X",
        ]
    )
    func malformed(text: String) {
        let error = #expect(throws: SecretError.self) { _ = try SecretReference(text) }
        #expect(error?.code == .malformed)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test("--check tells a bad secret, a bad vault key, and what it cannot tell here")
    func check() throws {
        let folder = try Folder()
        let good = try folder.file("good", Data(repeating: 7, count: 32).base64EncodedString() + "\n")
        let short = try folder.file("short", "aHVudGVyMg==\n")
        func report(_ key: String) -> CheckReport {
            let text = Sample.changing(7, to: "vault: { key: \"\(key)\" }")
            return ConfigurationFile.check(text: text, name: "l.yaml", environment: [:], names: FakeNames())
        }
        #expect(report("file:\(good)").faults == [])
        #expect(report("file:\(good)").notChecked == [])
        #expect(
            report("file:\(short)").faults.map(\.description)
                == ["l.yaml: vault.key: is not base64 of 32 bytes; make one with: openssl rand -base64 32"]
        )
        #expect(report("file:\(folder.path)/none").faults.count == 1)
        #expect(report("credential:vault-key").faults == [])
        #expect(report("credential:vault-key").notChecked.map(\.path) == ["vault.key"])
    }
}
