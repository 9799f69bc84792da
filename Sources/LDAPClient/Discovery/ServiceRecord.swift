/// One SRV record (RFC 2782).
package struct ServiceRecord: Sendable, Hashable {
    /// The lowest is tried first.
    package var priority: UInt16
    /// Among records of one priority: the share of clients.
    package var weight: UInt16
    package var port: UInt16
    /// Without a final dot; empty where the domain says that it does not offer the service.
    package var target: String
    /// For how many seconds the record may be kept.
    package var timeToLive: UInt32

    package init(priority: UInt16, weight: UInt16, port: UInt16, target: String, timeToLive: UInt32) {
        self.priority = priority
        self.weight = weight
        self.port = port
        self.target = target
        self.timeToLive = timeToLive
    }
}

extension ServiceRecord {
    /// The records in the order in which a client should try them: by priority, and within one at random, in
    /// proportion to the weights (RFC 2782, "Weight").
    package static func ordered(
        _ records: [ServiceRecord],
        using random: inout some RandomNumberGenerator
    ) -> [ServiceRecord] {
        var ordered: [ServiceRecord] = []
        for priority in Set(records.map(\.priority)).sorted() {
            var rest = records.filter { $0.priority == priority }.sorted { $0.weight < $1.weight }
            while !rest.isEmpty {
                let sum = rest.reduce(0) { $0 + Int($1.weight) }
                var chosen = Int.random(in: 0...sum, using: &random)
                let index = rest.firstIndex { record in
                    chosen -= Int(record.weight)
                    return chosen <= 0
                }
                ordered.append(rest.remove(at: index ?? 0))
            }
        }
        return ordered
    }
}
