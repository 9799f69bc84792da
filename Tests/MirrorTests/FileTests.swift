import Foundation
import GRDB
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("The mirror's file")
struct FileTests {
    let fixture: MirrorFixture

    init() throws { fixture = try MirrorFixture() }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("and those beside it are their owner's alone, also when the mode was another one")
    func privateMode() async throws {
        try await fixture.fill(.people("ada"))
        for suffix in ["", "-wal", "-shm"] { #expect(try mode(fixture.path + suffix) == 0o600) }
        let loose = fixture.directory.appending(path: "loose.sqlite").path()
        #expect(FileManager.default.createFile(atPath: loose, contents: nil, attributes: [.posixPermissions: 0o666]))
        _ = try MirrorDatabase(path: loose, clock: fixture.clock)
        #expect(try mode(loose) == 0o600)
    }

    @Test("keeps everything over a restart")
    func restart() async throws {
        try await fixture.fill(.people("ada"), cookie: "kept")
        let before = try await fixture.mirror.state()
        let again = try fixture.reopened()
        #expect(try await again.state() == before)
        #expect(again.generation == 1 && again.notice == nil)
        #expect(try await again.user(login: "ada") != nil)
    }

    @Test("after a crash in the middle of a refresh is what it was before the refresh")
    func crash() async throws {
        try await fixture.fill(.people("ada", "bob"))
        let before = try await fixture.mirror.state()
        try await fixture.mirror.beginRefresh(identity: "other", resumed: [])
        let flood = (100...20_000).map { FedEntry.user(EntryMaker.person($0)) }
        try await fixture.mirror.stage(.upserts(flood))
        try await fixture.mirror.stage(.removed(.users, [EntryMaker.id(1)]))
        // What a killed process leaves on disk: the files as they are now, with staged pages in the log.
        let copy = fixture.directory.appending(path: "copy.sqlite").path()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: fixture.path + suffix, toPath: copy + suffix)
        }
        let log = try FileManager.default.attributesOfItem(atPath: copy + "-wal")[.size] as? Int
        let crashed = try MirrorDatabase(path: copy, clock: fixture.clock)
        #expect(try await crashed.state() == before)
        #expect(try await crashed.user(login: "ada") != nil)
        #expect(try await crashed.user(login: "user100") == nil)
        #expect((log ?? 0) > 100_000)
        await fixture.mirror.abandonRefresh()
    }

    @Test("opens after a kill while it was made, before its log was switched on")
    func hotJournal() async throws {
        let path = fixture.directory.appending(path: "killed.sqlite").path()
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA cache_size = 1; BEGIN IMMEDIATE; CREATE TABLE half (value BLOB)")
                try db.execute(sql: "INSERT INTO half VALUES (zeroblob(200000))")
                kill(getpid(), SIGKILL)
            }
        }
        #expect(FileManager.default.fileExists(atPath: path + "-journal"))
        let mirror = try MirrorDatabase(path: path, clock: fixture.clock)
        #expect(mirror.generation == 0 && mirror.notice == nil)
    }

    @Test("that is damaged is moved aside and started anew, with a notice")
    func damaged() async throws {
        let path = fixture.directory.appending(path: "bad.sqlite").path()
        try Data(repeating: 0x55, count: 8192).write(to: URL(filePath: path))
        let mirror = try MirrorDatabase(path: path, clock: fixture.clock)
        #expect(mirror.notice?.contains("bad.sqlite.damaged") == true)
        #expect(try await mirror.state() == MirrorState())
        #expect(FileManager.default.fileExists(atPath: path + ".damaged"))
    }

    @Test("of another program is refused and left alone")
    func notOurs() throws {
        let path = fixture.directory.appending(path: "other.sqlite").path()
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE precious (x)") }
        let error = #expect(throws: MirrorError.self) { try MirrorDatabase(path: path, clock: fixture.clock) }
        #expect(error?.code == .notOurs)
        #expect(try DatabaseQueue(path: path).read { try $0.tableExists("precious") })
    }

    @Test(
        "that a start left behind when it was killed is gone on with",
        arguments: [
            "PRAGMA user_version = 0", "PRAGMA application_id = 0x4C4B4D49",
            "PRAGMA application_id = 0x4C4B4D49; CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)",
        ]
    )
    func halfMade(sql: String) async throws {
        let path = fixture.directory.appending(path: "half.sqlite").path()
        try await DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
        #expect(try await MirrorDatabase(path: path, clock: fixture.clock).state() == MirrorState())
    }

    @Test("of a later version is refused, and the error says what to do")
    func newerSchema() throws {
        try DatabaseQueue(path: fixture.path).write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')")
        }
        let error = #expect(throws: MirrorError.self) { try fixture.reopened() }
        #expect(error?.code == .newerSchema)
        #expect(error?.description.contains("delete the file") == true)
    }

    @Test("that cannot be opened is an error with the reason")
    func inaccessible() throws {
        let error = #expect(throws: MirrorError.self) {
            try MirrorDatabase(path: "/nonexistent/mirror.sqlite", clock: fixture.clock)
        }
        #expect(error?.code == .inaccessible)
    }
}
