import Crypto
import Foundation

/// A permutation of 32 bytes under a key, laid over a keyed hash before it is stored: four Feistel rounds of
/// HMAC-SHA256 (Luby and Rackoff, 1988).
///
/// A keyed hash alone cannot be given another key without the value behind it, and of a decoy's counter nobody has that.
/// The cover can be taken off and laid on anew, by whoever has both keys, for every row there is. Whoever has the inner
/// key from before a rotation still cannot try values out against what stands under the new cover.
struct Cover: Sendable {
    /// The key is taken in once, and not for each round. Nil leaves things as they are.
    private let mac: HMAC<SHA256>?

    static let byteCount = SHA256.byteCount
    private static let rounds: [UInt8] = [1, 2, 3, 4]

    init(key: SymmetricKey?) { mac = key.map { HMAC(key: $0) } }

    func cover(_ hash: Data) -> Data { permute(hash, Self.rounds, isInverse: false) }

    func uncover(_ stored: Data) -> Data { permute(stored, Self.rounds.reversed(), isInverse: true) }

    /// What is not of this length was never covered: it is left alone, and found nowhere.
    private func permute(_ data: Data, _ rounds: [UInt8], isInverse: Bool) -> Data {
        guard let mac, data.count == Self.byteCount else { return data }
        var (left, right) = (Array(data.prefix(Self.byteCount / 2)), Array(data.suffix(Self.byteCount / 2)))
        for round in rounds {
            if isInverse { (left, right) = (right, left) }
            var mask = mac
            mask.update(data: [round] + right)
            left = zip(left, mask.finalize()).map { $0 ^ $1 }
            if !isInverse { (left, right) = (right, left) }
        }
        return Data(left + right)
    }
}
