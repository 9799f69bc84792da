import Dispatch
import Foundation
import LatchkeyTesting
import SelfService
import Synchronization
import Testing

@testable import Vault

@Suite("Slow hashes")
struct ScryptHashingTests {
    @Test("are scrypt as RFC 7914 has it, with its parameters beside them")
    func vector() async throws {
        // RFC 7914, 12, the second vector, of which a hash is the first half.
        let verifier = SecretVerifier(
            salt: Data("NaCl".utf8),
            hash: Data([
                0xfd, 0xba, 0xbe, 0x1c, 0x9d, 0x34, 0x72, 0x00, 0x78, 0x56, 0xe7, 0x19, 0x0d, 0x01, 0xe9, 0xfe, 0x7c,
                0x6a, 0xd7, 0xcb, 0xc8, 0x23, 0x78, 0x30, 0xe7, 0x73, 0x76, 0x63, 0x4b, 0x37, 0x31, 0x62,
            ]),
            cost: 1024,
            blockSize: 8,
            parallelism: 16
        )
        let hashing = ScryptHashing(.fast)
        #expect(try await hashing.matches("password", verifier))
        #expect(try await !hashing.matches("Password", verifier))
    }

    @Test("have the strength that OWASP asks for, a salt each, and match their own secret only")
    func roundTrip() async throws {
        let hashing = ScryptHashing()
        let (first, second) = (try await hashing.verifier(of: "rex"), try await hashing.verifier(of: "rex"))
        #expect(first.cost == 32768 && first.blockSize == 8 && first.parallelism == 3)
        #expect(first.salt != second.salt && first.hash != second.hash && first.hash.count == 32)
        #expect(try await hashing.matches("rex", second))
        #expect(try await !hashing.matches("rox", second))
        #expect(try await !ScryptHashing(.fast).matches("", nil))
    }

    @Test("of nobody, of a cut one and with senseless parameters match nothing, not even the empty secret")
    func nonsense() async throws {
        let hashing = ScryptHashing(.fast)
        var verifier = try await hashing.verifier(of: "")
        #expect(try await hashing.matches("", verifier))
        #expect(try await !hashing.matches("", nil))
        verifier.hash = Data()
        #expect(try await !hashing.matches("", verifier))
        verifier = try await hashing.verifier(of: "")
        for cost in [0, 1, 3, -8, .max] {
            verifier.cost = cost
            #expect(try await !hashing.matches("", verifier), "\(cost)")
        }
    }

    /// How many work now, and how many did at most.
    private final class Load: Sendable {
        let counts = Mutex((now: 0, most: 0))

        func begin() { counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
        func end() { counts.withLock { $0.now -= 1 } }
    }

    @Test("are computed by few at once; whoever finds the queue full is told so at once, and the rest are served")
    func bounded() async throws {
        let workers = BoundedWorkers(label: "test", count: 2, waiting: 3)
        let gate = DispatchSemaphore(value: 0)
        let load = Load()
        let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let done: Void? = try? await workers.run {
                        load.begin()
                        gate.wait()
                        load.end()
                    }
                    return done != nil
                }
            }
            var refused = 0
            while refused < 15, let isServed = try await group.next() { refused += isServed ? 0 : 1 }
            for _ in 0..<5 { gate.signal() }
            return try await group.reduce(into: [Bool](repeating: false, count: refused)) { $0.append($1) }
        }
        #expect(outcomes.count { $0 } == 5 && outcomes.count == 20)
        #expect(load.counts.withLock { $0.most } == 2)
        #expect(try await workers.run { 1 } == 1)
    }
}
