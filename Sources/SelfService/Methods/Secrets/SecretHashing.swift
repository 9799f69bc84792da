package import Foundation

/// The port to slow hashing: answers, recovery codes and passes are few bits that people can remember or type.
///
/// It is computed on workers of its own, so that nothing else waits, and by few of them at once.
package protocol SecretHashing: Sendable {
    /// A verifier under a salt of its own.
    /// - Throws: ``SecretHashingBusy``.
    func verifier(of secret: String) async throws(SecretHashingBusy) -> SecretVerifier
    /// Whether the secret is the one behind the verifier, compared in constant time. For nil, the same work is
    /// done, and the answer is no.
    /// - Throws: ``SecretHashingBusy``.
    func matches(_ secret: String, _ verifier: SecretVerifier?) async throws(SecretHashingBusy) -> Bool
}

/// A salted slow hash, with what it takes to compute it again.
package struct SecretVerifier: Sendable, Equatable, Codable {
    package var salt: Data
    package var hash: Data
    /// scrypt's N, r and p (RFC 7914, 2).
    package var cost: Int
    package var blockSize: Int
    package var parallelism: Int

    package init(salt: Data, hash: Data, cost: Int, blockSize: Int, parallelism: Int) {
        self.salt = salt
        self.hash = hash
        self.cost = cost
        self.blockSize = blockSize
        self.parallelism = parallelism
    }
}

/// Too much is being computed already; come back in a few seconds.
package struct SecretHashingBusy: Error, Sendable, Equatable {
    package init() {}
}
