/// What a group's members are and what is stored of them, both ascending: told apart in one pass, without sets of both.
struct MemberDifference {
    private let wanted: [NameDigest]
    private var next = 0
    /// Ascending.
    private(set) var missing: [NameDigest] = []
    private(set) var surplus: Set<NameDigest> = []

    /// - Parameter wanted: ascending, each once.
    init(wanted: [NameDigest]) { self.wanted = wanted }

    /// The next one that is stored.
    mutating func meet(_ stored: NameDigest) {
        while next < wanted.count, wanted[next] < stored { take() }
        if next < wanted.count, wanted[next] == stored { next += 1 } else { surplus.insert(stored) }
    }

    /// Nothing more is stored.
    mutating func end() {
        while next < wanted.count { take() }
    }

    private mutating func take() {
        missing.append(wanted[next])
        next += 1
    }
}
