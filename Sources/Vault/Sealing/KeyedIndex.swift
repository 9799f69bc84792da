import Crypto
import Foundation
import Identity
import SelfService

/// Stands for a value in a column that is looked up: equal values give equal bytes, and without the key
/// nobody can try values out.
struct KeyedIndex: Sendable {
    /// Laid over the hash, and rotated.
    let cover: Cover
    private let mac: HMAC<SHA256>
    private let memory = IndexMemory()

    init(key: SymmetricKey, cover: Cover) {
        mac = HMAC(key: key)
        self.cover = cover
    }

    /// A person or a decoy: in the database one looks like the other.
    func subject(_ subject: Subject) -> Data { of("subject", [subject.id.bytes]) }

    /// A method of a subject.
    func method(_ id: String, of subject: Subject) -> Data { of("method", [subject.id.bytes, Array(id.utf8)]) }

    /// The same, as it is asked for from where the subject is known.
    func knownMethod(_ id: String, of subject: Subject) -> Data {
        of("method known", [subject.id.bytes, Array(id.utf8)])
    }

    /// A person, asked for from where they are known.
    func known(_ subject: Subject) -> Data { of("subject known", [subject.id.bytes]) }

    /// A destination of messages. Without regard to case: most mailboxes have none, and a budget that is a
    /// little too strict for the rest is the better mistake.
    func destination(_ value: String, kind: MethodKind) -> Data {
        made(input("destination", [Array(kind.rawValue.utf8), Array(value.lowercased().utf8)]))
    }

    /// What stands for the destination of a decoy's method: each has its own budget, as real ones do.
    func decoyDestination(_ methodID: String, of subject: Subject) -> Data {
        of("decoy destination", [subject.id.bytes, Array(methodID.utf8)])
    }

    /// Whom the audit is about; in it, a decoy looks like a person.
    func audited(_ person: EntryID) -> Data { of("audited", [person.bytes]) }

    /// Of a client, whose address is stored nowhere.
    func network(_ name: String) -> Data { of("network", [Array(name.utf8)]) }

    /// Of a client that asks for messages to somebody.
    func network(_ name: String, asking subject: Subject) -> Data {
        of("network asking", [Array(name.utf8), subject.id.bytes])
    }

    func frontend(_ name: String) -> Data { of("frontend", [Array(name.utf8)]) }

    /// What is spent on messages: by a country or range, or in all.
    func budget(_ name: String) -> Data { of("budget", [Array(name.utf8)]) }

    /// What was told about something that is counted.
    func note(_ name: String, of counter: Data) -> Data { of("note", [Array(name.utf8), Array(counter)]) }

    private func of(_ domain: String, _ parts: [[UInt8]]) -> Data {
        memory.index(of: input(domain, parts), made)
    }

    private func input(_ domain: String, _ parts: [[UInt8]]) -> Data {
        CanonicalBytes.join([Array("latchkey index 1".utf8), Array(domain.utf8)] + parts)
    }

    private func made(_ input: Data) -> Data {
        var mac = mac
        mac.update(data: input)
        return cover.cover(Data(mac.finalize()))
    }
}
