import Crypto
import CryptoExtras
import Foundation
package import SelfService

/// Slow hashes of answers, recovery codes and passes, by scrypt (RFC 7914), each under a salt of its own.
///
/// The **pepper** is the sealing of the record in which a verifier stands: without the record key nobody has a hash to
/// guess against. NIST SP 800-63B-4 (3.1.1.2) takes encryption under a key of the verifier's for that as well as a keyed
/// hash; and only encryption can be rotated without the secret, by sealing the record anew.
package final class ScryptHashing: SecretHashing, Sendable {
    static let saltByteCount = 16
    static let hashByteCount = 32

    private let parameters: ScryptParameters
    private let workers: BoundedWorkers
    /// What is computed with where there is no verifier.
    private let nobody: SecretVerifier

    /// - Parameter workers: computed at once, 32 MiB each.
    package init(
        _ parameters: ScryptParameters = .standard,
        workers: Int = BoundedWorkers.countDefault,
        waiting: Int = BoundedWorkers.waitingDefault
    ) {
        self.parameters = parameters
        self.workers = BoundedWorkers(label: "scrypt", count: workers, waiting: waiting)
        nobody = SecretVerifier(salt: Data(RandomBytes.make(Self.saltByteCount)), hash: Data(), parameters)
    }

    package func verifier(of secret: String) async throws(SecretHashingBusy) -> SecretVerifier {
        var verifier = SecretVerifier(salt: Data(RandomBytes.make(Self.saltByteCount)), hash: Data(), parameters)
        // Nil where 32 MiB cannot be had: that passes as well.
        guard let hash = try await hash(secret, like: verifier) else { throw SecretHashingBusy() }
        verifier.hash = unsafe hash.withUnsafeBytes { unsafe Data($0) }
        return verifier
    }

    package func matches(_ secret: String, _ verifier: SecretVerifier?) async throws(SecretHashingBusy) -> Bool {
        let computed = try await hash(secret, like: verifier ?? nobody)
        guard let computed, let verifier, verifier.hash.count == Self.hashByteCount else { return false }
        // `SymmetricKey` compares in constant time.
        return computed == SymmetricKey(data: verifier.hash)
    }

    private func hash(_ secret: String, like verifier: SecretVerifier) async throws(SecretHashingBusy) -> SymmetricKey?
    {
        let parameters = ScryptParameters(
            cost: verifier.cost,
            blockSize: verifier.blockSize,
            parallelism: verifier.parallelism
        )
        return try await workers.run {
            guard parameters.isSensible else { return nil }
            var bytes = Data(secret.utf8)
            defer { bytes.resetBytes(in: bytes.startIndex..<bytes.endIndex) }
            return try? KDF.Scrypt.deriveKey(
                from: bytes,
                salt: verifier.salt,
                outputByteCount: Self.hashByteCount,
                rounds: parameters.cost,
                blockSize: parameters.blockSize,
                parallelism: parameters.parallelism
            )
        }
    }
}

extension SecretVerifier {
    fileprivate init(salt: Data, hash: Data, _ parameters: ScryptParameters) {
        self.init(
            salt: salt,
            hash: hash,
            cost: parameters.cost,
            blockSize: parameters.blockSize,
            parallelism: parameters.parallelism
        )
    }
}
