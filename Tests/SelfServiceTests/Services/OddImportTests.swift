import Identity
import LatchkeyTesting
import SelfService
import Testing

/// Files as spreadsheets and scripts write them.
@Suite("An import of odd files")
struct OddImportTests {
    private func scene() throws -> ServiceScene {
        let policy = Policy(
            name: "everybody",
            methods: [AllowedMethod(.email), AllowedMethod(.mobilePhone)],
            register: .init(minimum: 1),
            resetGates: 1
        )
        let scene = try ServiceScene(policies: [policy])
        scene.directory.add(ServiceScene.bob)
        return scene
    }

    private func run(_ scene: ServiceScene, _ csv: String, partial: Bool = false) async throws -> ImportReport {
        let request = ImportRequest(csv: csv, isDryRun: false, isPartial: partial, reason: "new staff")
        return try await scene.helpdesk.importMethods(request, by: .helper)
    }

    @Test(
        "what spreadsheets write is read, and is applied whole",
        arguments: [
            "\u{FEFF}login,kind,value\r\nalice,email,a@example.net\r\nbob,email,b@example.net\r\n",
            "\"LOGIN\",\"Kind\",\" value \"\n\"alice\",\"email\",\"a@example.net\"\n\n,,\n bob , email , b@example.net",
            "label,value,kind,login\n\"two\"\" \",a@example.net,email,alice\n,b@example.net,email,bob\n",
        ]
    )
    func read(csv: String) async throws {
        let scene = try scene()
        let report = try await run(scene, csv)
        #expect(report.isApplied && report.lines.map(\.result) == [.added, .added], "\(report)")
        #expect(try await scene.stored().methods.map(\.value) == ["a@example.net"])
        #expect(try await scene.stored(ServiceScene.bob.id).methods.map(\.value) == ["b@example.net"])
    }

    @Test(
        "of a file with one bad line nothing is applied unless asked, and then the good lines only",
        arguments: [
            ("alice,email,c@example.net", ImportReport.Result.duplicate), ("ALICE,email,c@example.net", .duplicate),
            ("nobody,email,c@example.net", .unknownLogin), ("\"al\nice\",email,c@example.net", .unknownLogin),
            (",email,c@example.net", .unknownLogin), ("bob,authenticator,c", .invalid), ("bob,email,", .invalid),
            ("bob,alternate-phone,+12025550142", .invalid), ("bob,email", .invalid),
            ("bob,email,b@b.example,", .invalid),
            ("bob,email,\"b@b.example\nx\"", .invalid), ("bob,mobile-phone,12", .invalid),
        ]
    )
    func bad(line: String, result: ImportReport.Result) async throws {
        let scene = try scene()
        let csv = "login,kind,value\nalice,email,a@example.net\n\(line)\nbob,mobile-phone,+12025550142\n"
        let refused = try await run(scene, csv)
        #expect(refused.lines.map(\.result) == [.added, result, .added] && !refused.isApplied, "\(refused)")
        #expect(refused.lines[1].detail?.isEmpty == false)
        for id in [ServiceScene.alice.id, ServiceScene.bob.id] {
            #expect(try await scene.stored(id).methods.isEmpty)
        }
        let partial = try await run(scene, csv, partial: true)
        #expect(partial.isApplied && partial.lines.map(\.result) == [.added, result, .added])
        #expect(try await scene.stored().methods.map(\.value) == ["a@example.net"])
        #expect(try await scene.stored(ServiceScene.bob.id).methods.map(\.value) == ["+12025550142"])
    }

    @Test(
        "bytes that change what is read are refused with their line, also when the good lines are asked for",
        arguments: [
            ("alice,email,a@exa\u{0}mple.net", "Line 2"), ("ali\rce,email,a@example.net", "Line 2"),
            ("bob,email,b@b.example\n\"al\u{1B}ice\",email,a@example.net", "Line 3"),
            ("\"bob\n\",email,x\nalice,email,a@example.net\rbob,email,b@b.example", "Line 4"),
        ]
    )
    func bytes(lines: String, place: String) async throws {
        let scene = try scene()
        let csv = "login,kind,value\n" + lines
        let error = try await scene.refusal { try await run(scene, csv, partial: true) }
        #expect(error.code == .invalidValue && error.field == "csv" && error.detail.hasPrefix(place), "\(error)")
        #expect(try await scene.stored().methods.isEmpty)
    }

    @Test("a file with its header only has no lines")
    func header() async throws {
        let report = try await run(try scene(), "login,kind,value\r\n")
        #expect(report.lines.isEmpty)
    }
}
