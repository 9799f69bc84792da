import LatchkeyTesting
import LocalAPI

/// What directory and vault hold of the people: compared before and after.
struct Holdings: Equatable {
    var directory: [[String: [String]]]
    var methods: [[MethodDocument]] = []
    /// The number of the newest message.
    var delivered: Int

    init(_ slapd: SlapdFixture, _ daemon: DaemonFixture) async throws {
        directory = try await slapd.search()
        delivered = daemon.spool.newest
        for login in ["alice", "bob", "carol", "dave", "erin"] {
            let list = try await daemon.document(ListDocument<MethodDocument>.self, "methods", "list", login)
            methods.append(list.items)
        }
    }
}
