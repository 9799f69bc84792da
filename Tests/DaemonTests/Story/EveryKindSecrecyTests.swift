import Crypto
import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("What every kind of method holds")
struct EveryKindSecrecyTests {
    private static let values = [
        "email": "zebra.private@mail.example", "mobile-phone": "+12025550142", "alternate-phone": "+442079460143",
        "office-phone": "+4930901820144", "push token": "push-token-of-zebra",
        "answer": "ultramarine and ochre", "other answer": "samarkand before rain",
    ]

    private static let options = DaemonOptions.with {
        $0.sections = "log: { level: trace }"
        $0.policies = """
              - name: everybody
                methods: [email, mobile-phone, alternate-phone, office-phone, authenticator, app-notification,
                          security-questions, recovery-codes, access-pass]
                questions:
                  register: 2
                  answer: 2
                  bank: [{ id: colour, text: "Colour?" }, { id: city, text: "City?" }]
                register: { minimum: 1 }
                reset: { gates: 2 }
            """
    }

    @Test("stands in no database, log of a database, backup, journal or log, in no form, also after kill -9")
    func nowhere() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let secrets = try await Self.story(daemon)
                let searched = try Self.found(secrets, in: daemon.folder.path("spool"))
                #expect(searched.contains("email") && searched.contains("push token"), "the search finds what was sent")
                let backups = daemon.folder.path("backups")
                try FileManager.default.createDirectory(
                    atPath: backups,
                    withIntermediateDirectories: false,
                    attributes: [.posixPermissions: 0o700]
                )
                let backup = try await daemon.control("vault", "backup", backups)
                #expect(backup.status == 0, "\(backup.errors)")
                for folder in [daemon.folder.state, backups] { #expect(try Self.found(secrets, in: folder) == []) }
                await daemon.kill()
                #expect(try Self.found(secrets, in: daemon.folder.state) == [])
                try await daemon.restart()
                #expect(try await daemon.control("vault", "rotate-key").status == 0)
                await daemon.stop()
                #expect(try Self.found(secrets, in: daemon.folder.state) == [])
                let log = Data(daemon.log.utf8)
                #expect(daemon.log.contains("serves"))
                #expect(secrets.filter { Self.stands($0.value, in: log) }.map(\.key) == [])
            }
        }
    }

    /// Everything is registered, and proven where a code comes by the spool.
    private static func story(_ daemon: DaemonFixture) async throws -> [String: Data] {
        let portal = daemon.portal
        var secrets = values.mapValues { Data($0.utf8) }
        let token = try await portal.enrol(
            "alice",
            address: try #require(values["email"]),
            number: try #require(values["mobile-phone"])
        )
        _ = try await portal.add("alternate-phone", try #require(values["alternate-phone"]), token: token)
        let office = ["methods", "add", "alice", "office-phone", try #require(values["office-phone"]), "--reason", "x"]
        #expect(try await daemon.control(office).status == 0)
        let answers = ["colour": try #require(values["answer"]), "city": try #require(values["other answer"])]
        _ = try await portal.setAnswers(answers, token: token)
        let app = try await portal.addMethod(AddMethodRequest(kind: "authenticator"), token: token)
        let seed: String = try #require(app.secret)
        secrets["seed"] = Data(seed.utf8)
        let paper = try await portal.addMethod(AddMethodRequest(kind: "recovery-codes"), token: token)
        for (number, code) in (paper.codes ?? []).enumerated() {
            secrets["recovery code \(number)"] = Data(code.drop { $0 != "-" }.dropFirst().utf8)
        }
        try await device(portal, token)
        let pass = try await daemon.document(PassDocument.self, "passes", "issue", "bob", "--reason", "x")
        secrets["pass"] = Data(pass.pass.utf8)
        secrets["token"] = Data(token.utf8)
        #expect(secrets.count >= values.count + 4)
        return secrets
    }

    private static func device(_ portal: PortalClient, _ token: String) async throws {
        let key = P256.Signing.PrivateKey()
        let publicKey = key.publicKey.derRepresentation.base64EncodedString()
        let pushToken = try #require(values["push token"])
        let id = try await portal.signIn("alice").user.id
        let text = ["latchkey-device-v1", id, publicKey, pushToken].joined(separator: "\n")
        var request = AddMethodRequest(kind: "app-notification")
        (request.publicKey, request.pushToken) = (publicKey, pushToken)
        request.proof = try key.signature(for: Data(text.utf8)).derRepresentation.base64EncodedString()
        let added = try await portal.addMethod(request, token: token)
        _ = try await portal.openChallenge(added.method.id, token: token)
    }

    /// The names of those that stand in any file below the folder.
    private static func found(_ secrets: [String: Data], in folder: String) throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        let contents = names.compactMap { FileManager.default.contents(atPath: "\(folder)/\($0)") }
        guard !contents.isEmpty else { throw TestError("there is nothing in \(folder)") }
        return secrets.filter { secret in contents.contains { stands(secret.value, in: $0) } }.map(\.key).sorted()
    }

    /// As it is, without hyphens, in the other case, in hexadecimal and in base64.
    private static func stands(_ secret: Data, in data: Data) -> Bool {
        let text = String(decoding: secret, as: UTF8.self)
        let hexadecimal = secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let forms = [
            text, text.filter { $0 != "-" }, text.uppercased(), text.lowercased(), hexadecimal,
            String(secret.base64EncodedString().dropLast(4)),
        ]
        return forms.contains { data.range(of: Data($0.utf8)) != nil }
    }
}
