import Identity
import LDAPClient
import Synchronization

/// The containers below a base, by id. Entries below a container that is renamed or moved get other names, or
/// leave the scope, without a message (RFC 4533, 4.1): whoever follows must see it by the container.
final class ContainerSet: Sendable {
    /// What an entry of the container search is to somebody who holds the set.
    enum Verdict: Equatable { case known, isNew, moved }

    private let names: Mutex<[EntryID: String]>

    /// - Parameter names: canonical names by id.
    init(_ names: [EntryID: String]) { self.names = Mutex(names) }

    var ids: Set<EntryID> { names.withLock { Set($0.keys) } }

    /// Changes with every name; the same in every process.
    var digest: UInt64 {
        let lines = names.withLock { $0.map { "\($0.key) \($0.value)\n" } }.sorted()
        // FNV-1a: tells sets apart that nobody chose in order to deceive.
        return lines.joined().utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// - Parameters:
    ///   - name: nil where the container is gone.
    ///   - isUntouched: whether it was not changed since it was made; whatever was moved here was. The two times
    ///     count in seconds: what is made and moved within one is left to the next comparison with everything.
    func judge(_ id: EntryID, _ name: String?, isUntouched: Bool) -> Verdict {
        names.withLock { names in
            guard let name else { return names[id] == nil ? .known : .moved }
            if let held = names[id] { return held == name ? .known : .moved }
            guard isUntouched else { return .moved }
            names[id] = name
            return .isNew
        }
    }
}
