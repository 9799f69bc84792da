import DirectoryServers
import Foundation
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

/// What holds on every product, however it is followed.
@Suite("Conformance of the strategies")
struct ConformanceTests {
    private static let everybody = ["alice", "bob", "carol", "dave", "erin"]

    @Test(
        "failure mode 10: the first sync equals the directory, with nested and cyclic roles",
        arguments: ProductUnderTest.allCases
    )
    func first(product: ProductUnderTest) async throws {
        try await product.run { directory in
            try await directory.followed { (follower) async throws in
                #expect(await follower.engine.status().feed?.strategy == directory.strategy)
                #expect(try await follower.logins() == Self.everybody)
                #expect(try await follower.roles("alice") == ["all", "staff"])
                #expect(try await follower.roles("carol") == ["all"])
                #expect(try await follower.roles("dave") == ["ring-a", "ring-b"])
                #expect(try await follower.roles("erin") == [])
            }
        }
    }

    @Test("adds, changes and deletions arrive while following", arguments: ProductUnderTest.allCases)
    func live(product: ProductUnderTest) async throws {
        try await product.run { directory in
            try await directory.followed { (follower) async throws in
                try await directory.addPerson("frank")
                try await eventually("frank is there") { try await follower.mirror.user(login: "frank") != nil }
                try await directory.setMail("frank", "new@example.net")
                try await eventually("the change") {
                    try await follower.mirror.user(login: "frank")?.email == "new@example.net"
                }
                try await directory.deletePerson("frank")
                try await eventually("the deletion") { try await follower.mirror.user(login: "frank") == nil }
                #expect(try await follower.logins() == Self.everybody)
            }
        }
    }

    @Test(
        "whoever asks after an hour in which nothing was heard is answered as live, because the server is asked",
        arguments: ProductUnderTest.live
    )
    func contact(product: ProductUnderTest) async throws {
        try await product.run { directory in
            try await directory.followed { (follower) async throws in
                follower.clock.leap(3_600)
                let asked = follower.clock.now
                // The first question after it waits half a second at most; on a busy machine the answer may come later.
                try await eventually("the server was heard") {
                    let freshness = await follower.engine.freshness()
                    return freshness.state == .live && freshness.asOf >= asked
                }
            }
        }
    }

    @Test("a member who joins or leaves a nested group gains or loses its roles", arguments: ProductUnderTest.allCases)
    func members(product: ProductUnderTest) async throws {
        try await product.run { directory in
            try await directory.followed { (follower) async throws in
                try await directory.join("erin", "staff")
                try await eventually("erin is staff") { try await follower.roles("erin") == ["all", "staff"] }
                try await directory.leave("erin", "staff")
                try await eventually("erin is not") { try await follower.roles("erin") == [] }
            }
        }
    }

    @Test("failure mode 8: a renamed person keeps the id and the roles", arguments: ProductUnderTest.allCases)
    func rename(product: ProductUnderTest) async throws {
        try await product.run { directory in
            try await directory.followed { (follower) async throws in
                let before = try #require(try await follower.mirror.user(login: "alice"))
                try await directory.rename("alice", to: "alicia")
                try await eventually("alicia with her roles") {
                    try await follower.mirror.user(login: "alicia")?.roles == ["all", "staff"]
                }
                #expect(try await follower.mirror.user(login: "alicia")?.id == before.id)
                #expect(try await follower.mirror.user(login: "alice") == nil)
            }
        }
    }

    @Test(
        "failure mode 8: who is moved out of the scope goes, and returns as the same person",
        arguments: ProductUnderTest.allCases
    )
    func moved(product: ProductUnderTest) async throws {
        try await product.run { directory in
            try await directory.followed { (follower) async throws in
                let before = try #require(try await follower.mirror.user(login: "erin")?.id)
                try await directory.moveOut("erin")
                try await eventually("erin is gone") { try await follower.mirror.user(login: "erin") == nil }
                try await directory.moveIn("erin")
                try await eventually("erin is back") { try await follower.mirror.user(login: "erin")?.id == before }
            }
        }
    }

    @Test("failure mode 8: somebody who gets a used name is somebody else", arguments: ProductUnderTest.allCases)
    func recreated(product: ProductUnderTest) async throws {
        try await product.run { directory in
            try await directory.followed { (follower) async throws in
                let before = try #require(try await follower.mirror.user(login: "erin")?.id)
                try await directory.deletePerson("erin")
                try await directory.addPerson("erin")
                try await eventually("another erin") {
                    let id = try await follower.mirror.user(login: "erin")?.id
                    return id != nil && id != before
                }
            }
        }
    }

    @Test(
        "a restarted daemon serves what it had and learns what changed meanwhile",
        arguments: ProductUnderTest.allCases
    )
    func resume(product: ProductUnderTest) async throws {
        try await product.run { directory in
            let folder = try directory.mirrorFolder()
            let generation = try await directory.followed(in: folder) { $0.mirror.generation }
            try await directory.deletePerson("bob")
            try await directory.addPerson("frank")
            try await directory.setMail("carol", "new@example.net")
            let rhythm = directory.rhythm
            try await withFollower(directory.settings, folder: folder, rhythm: rhythm) { (follower) async throws in
                #expect(follower.mirror.generation >= generation)
                try await eventually("what changed") {
                    try await follower.logins() == ["alice", "carol", "dave", "erin", "frank"]
                }
                #expect(try await follower.mirror.user(login: "carol")?.email == "new@example.net")
                #expect(try await follower.roles("alice") == ["all", "staff"])
                #expect(follower.warnings.all == [])
            }
        }
    }

    @Test(
        "failure mode 1: a server that is gone for a while removes nobody, and is followed again",
        arguments: ProductUnderTest.allCases
    )
    func gone(product: ProductUnderTest) async throws {
        try await product.run { directory in
            try await directory.followed { (follower) async throws in
                let generation = follower.mirror.generation
                await directory.kill()
                _ = try await follower.problem()
                // Neither the line that broke nor a server that is not there is an answer: nothing is held either.
                #expect(try await follower.readAgain().phase == .failed)
                let status = await follower.engine.status()
                #expect(status.state == .failed && status.held.removals == 0)
                #expect(follower.mirror.generation == generation)
                #expect(try await follower.logins() == Self.everybody)
                try await directory.start()
                try await directory.addPerson("frank")
                await follower.engine.wake()
                try await eventually("frank is there") { try await follower.mirror.user(login: "frank") != nil }
                #expect(try await follower.logins() == Self.everybody + ["frank"])
            }
        }
    }

    @Test("failure mode 1: a server that is killed in mid-refresh removes nobody", arguments: ProductUnderTest.allCases)
    func killedInRefresh(product: ProductUnderTest) async throws {
        try await product.run { directory in
            try await directory.addPeople((0..<400).map { "p\($0)" })
            try await directory.followed { (follower) async throws in
                let before = try await follower.mirror.counts().users
                #expect(before == 405)
                let run = await follower.engine.requestSync(full: true, dryRun: false)
                try await eventually("entries of the refresh arrive") {
                    let run = await follower.engine.syncRun(run.id, after: nil, wait: .zero)
                    return (run?.received ?? 0) > 0 || run?.isEnded ?? true
                }
                await directory.kill()
                _ = try await follower.problem()
                #expect(await follower.engine.status().state == .failed)
                #expect(await follower.engine.status().held.removals == 0)
                #expect(try await follower.mirror.counts().users == before)
            }
        }
    }

    @Test(
        "failure mode 3: a search that a size limit ends never becomes a generation, and status says so",
        arguments: ProductUnderTest.standard
    )
    func sizeLimit(product: ProductUnderTest) async throws {
        try await product.run(sizeLimit: 3) { directory in
            let folder = try directory.mirrorFolder()
            try await withFollower(directory.settings, folder: folder, rhythm: directory.rhythm) {
                (follower) async throws in
                #expect(try await follower.problem().lowercased().contains("size"))
                #expect(follower.mirror.generation == 0)
            }
        }
    }

    @Test("a cookie that means nothing leads to the right content", arguments: ProductUnderTest.allCases)
    func garbage(product: ProductUnderTest) async throws {
        try await product.run { directory in
            let folder = try directory.mirrorFolder()
            _ = try await directory.followed(in: folder) { $0.mirror.generation }
            let store = try Follower(directory.settings, folder: folder)
            let garbage = SyncCookie(bytes: Array("\(directory.strategy) abc".utf8))
            _ = try await store.mirror.apply([.cookie(.users, garbage), .cookie(.roles, garbage)])
            await store.stop()
            try await directory.deletePerson("bob")
            try await withFollower(directory.settings, folder: folder, rhythm: directory.rhythm) {
                (follower) async throws in
                try await eventually("the right content") {
                    try await follower.logins() == ["alice", "carol", "dave", "erin"]
                }
            }
        }
    }
}
