import Synchronizer
import Testing

@testable import DirectoryServers

@Suite("A refresh of which nothing comes, from a server that lives")
struct RefreshSilenceTests {
    private func silence(_ scopes: Set<SyncScope>) -> RefreshSilence {
        var silence = RefreshSilence()
        silence.refreshing = scopes
        return silence
    }

    @Test("is given up after 300 probes without a word, and each word begins the count anew")
    func ends() throws {
        var silence = silence([.users])
        for _ in 1..<RefreshSilence.probesMax { try silence.goesOn(server: "ldap://x") }
        silence.isBroken()
        for _ in 1..<RefreshSilence.probesMax { try silence.goesOn(server: "ldap://x") }
        let error = #expect(throws: FeedError.self) { try silence.goesOn(server: "ldap://x") }
        #expect(error?.code == .incomplete)
    }

    @Test("is no silence once the refresh is complete")
    func complete() throws {
        var silence = silence([])
        for _ in 1...2 * RefreshSilence.probesMax { try silence.goesOn(server: "ldap://x") }
        #expect(silence.doubtful.isEmpty)
    }

    @Test("is doubted after 2, 4, 8, … probes")
    func doubts() throws {
        var silence = silence([.roles])
        var doubted: [Int] = []
        for probe in 1...20 {
            try silence.goesOn(server: "ldap://x")
            if silence.doubtful == [.roles] { doubted.append(probe) }
        }
        #expect(doubted == [2, 4, 8, 16])
    }
}
