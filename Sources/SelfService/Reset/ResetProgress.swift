/// What a reset session is for.
package enum ResetPurpose: String, Sendable, Codable, CaseIterable {
    case reset, unlock
}

/// How far a reset has come: a value without I/O, whose one rule is that the write-back needs the required
/// number of independent proofs.
///
/// The vault stores it with the session and advances it in the transaction that accepts a proof.
package struct ResetProgress: Sendable, Equatable, Codable {
    /// One method that proved its possession in this session.
    package struct Proof: Sendable, Equatable, Codable {
        package var methodID: String
        package var kind: MethodKind
        /// What it rests on, as ``Independence`` says; nil in sessions of earlier versions.
        package var resources: Set<String>?

        package init(methodID: String, kind: MethodKind, value: String = "") {
            self.methodID = methodID
            self.kind = kind
            resources = Independence.resources(kind, value: value)
        }
    }

    package enum Stage: String, Sendable, Codable {
        /// Proofs are collected, or all are there and the write-back may be asked for.
        case open
        /// The write-back is under way: nothing else may start one.
        case writing
        /// Done. Nothing more happens with this session.
        case spent
    }

    package let purpose: ResetPurpose
    package let required: Int
    package private(set) var proofs: [Proof] = []
    package private(set) var stage: Stage = .open

    /// - Parameter required: at least 1. A policy that asked for no proof at all would be a mistake.
    package init(purpose: ResetPurpose, required: Int) {
        self.purpose = purpose
        self.required = max(1, required)
    }

    package var passed: Int { proofs.count }
    package var isProven: Bool { passed >= required }

    /// Whether a challenge for this method may be opened now.
    package func mayChallenge(_ proof: Proof) -> Bool {
        stage == .open && !isProven && isIndependent(proof) && (proofs.count > 0 || !proof.kind.comesSecond)
    }

    /// Counts a proof. One that is not independent of those before changes nothing.
    package mutating func accept(_ proof: Proof) {
        guard mayChallenge(proof) else { return }
        proofs.append(proof)
    }

    private func isIndependent(_ proof: Proof) -> Bool {
        let resources = proof.resources ?? Independence.resources(proof.kind, value: "")
        return proofs.allSatisfy { before in
            before.methodID != proof.methodID
                && resources.isDisjoint(with: before.resources ?? Independence.resources(before.kind, value: ""))
        }
    }

    /// Takes the right to write back. At most one caller gets it.
    package mutating func beginWriting() -> Bool {
        guard stage == .open, isProven else { return false }
        stage = .writing
        return true
    }

    /// Ends the write-back.
    /// - Parameter isFinal: `false` when the directory refused and the person may try another password.
    package mutating func endWriting(isFinal: Bool) {
        guard stage == .writing else { return }
        stage = isFinal ? .spent : .open
    }
}
