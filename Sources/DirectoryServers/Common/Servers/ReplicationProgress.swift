import LDAPClient

/// How far a server's content has got: the newest change that it has of each provider, by its `contextCSN`.
/// Servers without that attribute have none, and are never behind.
struct ReplicationProgress: Sendable, Equatable {
    private var newest: [String: String] = [:]

    private static let contextsMax = 16

    /// - Parameter csn: `time#count#server id#modification`; of one server id, the text order is the order in time.
    mutating func add(_ csn: String, of context: String) {
        let parts = csn.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return }
        let key = "\(parts[2]) \(context)"
        newest[key] = max(newest[key] ?? "", csn)
    }

    /// Whether everything that is known there is known here.
    func hasReached(_ other: ReplicationProgress) -> Bool {
        other.newest.allSatisfy { newest[$0.key] ?? "" >= $0.value }
    }

    static func read(on connection: LDAPConnection) async throws(LDAPError) -> ReplicationProgress {
        var progress = ReplicationProgress()
        for context in try await connection.rootDSE().namingContexts.prefix(contextsMax) {
            let name = try DistinguishedName(context)
            guard let entry = try await connection.entry(name, attributes: ["contextCSN"]) else { continue }
            for csn in entry.strings("contextCSN") { progress.add(csn, of: name.canonical) }
        }
        return progress
    }
}
