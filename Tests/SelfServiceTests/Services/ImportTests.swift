import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Vault
import Testing

@Suite("An import of methods")
struct ImportTests {
    private let policy = Policy(
        name: "everybody",
        methods: [AllowedMethod(.email), AllowedMethod(.mobilePhone), AllowedMethod(.officePhone)],
        register: .init(minimum: 1),
        resetGates: 1
    )

    private func scene() throws -> ServiceScene {
        let scene = try ServiceScene(policies: [policy], protectedRoles: ["bosses"])
        scene.directory.add(ServiceScene.bob)
        scene.directory.add(ServiceScene.boss)
        return scene
    }

    private func run(
        _ scene: ServiceScene,
        _ csv: String,
        dryRun: Bool = false,
        partial: Bool = false,
        by administrator: Administrator = .helper
    ) async throws -> ImportReport {
        try await scene.helpdesk.importMethods(
            ImportRequest(csv: csv, isDryRun: dryRun, isPartial: partial, reason: "new staff"),
            by: administrator
        )
    }

    private static let mixed = """
        login,kind,value,extension,label
        alice,email,"alice@example.net",,"home, private"
        bob,office-phone,+12025550100,12,
        nobody,email,n@example.net,,
        boss,email,b@example.net,,
        helper,email,h@example.net,,
        bob,email,not an address,,
        bob,pigeon,+12025550100,,
        bob,office-phone,+12025550101,,
        bob,mobile-phone,+12025550102,7,
        bob,email
        """
    private static let results: [ImportReport.Result] = [
        .added, .added, .unknownLogin, .protected, .oneself, .invalid, .invalid, .duplicate, .invalid, .invalid,
    ]

    @Test("every line has a result, and of a file with errors nothing is done")
    func nothing() async throws {
        let scene = try scene()
        scene.directory.add(User(id: EntryID(folding: [7]), dn: "uid=helper", login: "helper"))
        let report = try await run(scene, Self.mixed)
        #expect(report.lines.map(\.result) == Self.results)
        #expect(report.lines.map(\.number) == Array(2...11))
        #expect(!report.isApplied)
        for id in [ServiceScene.alice.id, ServiceScene.bob.id] {
            #expect(try await scene.stored(id).methods.isEmpty)
        }
        let event = try await scene.records().last
        #expect(event?.action == .methodsImported && event?.details["applied"] == "false")
    }

    @Test("with partial what can be done is: candidates with source imported, office phones at once")
    func partial() async throws {
        let scene = try scene()
        let report = try await run(scene, Self.mixed, partial: true)
        #expect(report.isApplied)
        let alice = try await scene.stored().methods
        #expect(alice.map(\.state) == [.candidate] && alice.map(\.source) == [.imported])
        #expect(alice.map(\.label) == ["home, private"])
        let bob = try await scene.stored(ServiceScene.bob.id).methods
        #expect(bob.map(\.state) == [.verified] && bob.map(\.value) == ["+12025550100;ext=12"])
    }

    @Test("a dry run changes nothing and foresees what would be, also for those who may compare")
    func dryRun() async throws {
        let scene = try scene()
        _ = try await scene.add(.email, "alice@example.net")
        let csv = "login,kind,value\r\nalice,email,alice@example.net\r\nbob,email,bob@example.net\r\n"
        let report = try await run(scene, csv, dryRun: true)
        #expect(report.lines.map(\.result) == [.present, .added] && !report.isApplied)
        #expect(try await scene.stored(ServiceScene.bob.id).methods.isEmpty)
        let clerk = Administrator.with([.import])
        #expect(try await run(scene, csv, dryRun: true, by: clerk).lines.map(\.result) == [.added, .added])
        #expect(try await run(scene, csv).lines.map(\.result) == [.present, .added])
    }

    @Test("one line that does not fit keeps the whole file from being applied, and partial leaves it out")
    func full() async throws {
        let scene = try scene()
        for number in 10..<30 {
            _ = try await scene.vault.addMethod(
                MethodDraft(.mobilePhone, value: "+120255501\(number)"),
                for: ServiceScene.alice.id,
                limit: 20,
                in: nil,
                terms: AnswerTerms(limits: Limits(), freshFor: 0, notice: nil),
                by: .daemon
            )
        }
        let csv = "login,kind,value\nalice,email,a@example.net\nbob,email,b@example.net"
        let report = try await run(scene, csv)
        #expect(report.lines.map(\.result) == [.full, .added] && !report.isApplied)
        #expect(try await scene.stored(ServiceScene.bob.id).methods.isEmpty)
        #expect(try await run(scene, csv, partial: true).isApplied)
        #expect(try await scene.stored(ServiceScene.bob.id).methods.count == 1)
    }

    @Test(
        "a file that is none is refused with its line, and nothing of it is repeated",
        arguments: [
            ("", "first line"), ("login,kind\nsecret", "first line"), ("login,kind,value,secret\n", "first line"),
            ("login,kind,value\nalice,email,\"secret", "Line 2"),
            ("login,kind,value\nalice,email,se\"cret", "Line 2"),
            ("login,kind,value\n\"a\nb\",email,x\nalice,\"email\"secret,x", "Line 4"),
            ("login,kind,value\n" + String(repeating: "a,b,secret\n", count: 2001), "2000 lines"),
            ("login,kind,value\n" + String(repeating: "s", count: 513 * 1024), "512 KiB"),
        ]
    )
    func malformed(csv: String, sentence: String) async throws {
        let scene = try scene()
        let error = try await scene.refusal { try await run(scene, csv) }
        #expect(error.code == .invalidValue && error.field == "csv")
        #expect(error.detail.contains(sentence) && !error.detail.contains("secret"), "\(error.detail)")
    }

    @Test("no result repeats a value", arguments: [true, false])
    func silent(mayReveal: Bool) async throws {
        let scene = try scene()
        try await scene.registerAlice()
        let administrator = Administrator.with(mayReveal ? [.import, .reveal] : [.import])
        let csv = """
            login,kind,value,extension
            alice,email,private@example.net,
            bob,email,sécret@example.net,
            bob,mobile-phone,+000sécret,
            bob,office-phone,+12025550166,sécret
            """
        let report = try await run(scene, csv, partial: true, by: administrator)
        let text = "\(report)"
        #expect(!text.contains("private@") && !text.contains("sécret") && !text.contains("0166"))
        #expect(report.lines.first?.result == (mayReveal ? .present : .added))
    }

    @Test("the capability is needed even for an empty file, and reaches only who is in reach")
    func capability() async throws {
        let scene = try scene()
        let none = try await scene.refusal { try await run(scene, "login,kind,value", by: .with([.editMethods])) }
        #expect(none.code == .notPermitted)
        let csv = "login,kind,value\nalice,email,a@example.net\nbob,email,b@example.net"
        let report = try await run(scene, csv, by: .with([.import], over: .roles(["students"])))
        #expect(report.lines.map(\.result) == [.unknownLogin, .added])
    }

    @Test("when the directory is away in the middle, nothing of the file is done")
    func away() async throws {
        let scene = try scene()
        scene.directory.fail(with: DirectoryFailure(detail: "gone"))
        let csv = "login,kind,value\nalice,email,a@example.net"
        let error = try await scene.refusal { try await run(scene, csv, partial: true) }
        #expect(error.code == .directoryUnavailable)
        #expect(try await scene.stored().methods.isEmpty)
    }
}
