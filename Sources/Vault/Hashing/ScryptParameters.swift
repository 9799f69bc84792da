/// What scrypt is computed with (RFC 7914, 2). They stand beside each hash, so that later ones may be stronger.
package struct ScryptParameters: Sendable, Equatable {
    /// N: 128 × r × N bytes of memory.
    package var cost: Int
    package var blockSize: Int
    package var parallelism: Int

    package init(cost: Int, blockSize: Int, parallelism: Int) {
        self.cost = cost
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// Whether they are ones that are computed here: a power of two, and memory and time within bounds.
    var isSensible: Bool {
        (2...1 << 20).contains(cost) && cost & (cost - 1) == 0 && (1...32).contains(blockSize)
            && (1...32).contains(parallelism)
    }

    /// One of the equally strong settings of OWASP's password storage cheat sheet, the one with 32 MiB.
    package static let standard = ScryptParameters(cost: 1 << 15, blockSize: 8, parallelism: 3)
    /// Nothing is slow about it: for tests that hash a lot.
    package static let fast = ScryptParameters(cost: 1 << 4, blockSize: 8, parallelism: 1)
}
