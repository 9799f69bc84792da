import Crypto
package import Foundation
import Identity

/// Makes up people who are not there: the same login always gives the same decoy, and nobody without the
/// key can tell a decoy from a person by looking at one.
package struct DecoyMaker: Sendable {
    private let key: SymmetricKey

    /// - Parameter key: 32 bytes derived for decoys alone.
    package init(key: some ContiguousBytes) {
        self.key = SymmetricKey(data: key)
    }

    /// The decoy that stands for what somebody typed.
    package func subject(for typed: String) -> Subject {
        // As the mirror compares logins: whatever names one person names one decoy.
        let canonical = MatchKey(typed).text
        return .decoy(EntryID(folding: derive("id", canonical)))
    }

    /// The policy that a decoy seems to be under: any that resets, since people who can reset are under any of them.
    package func policy(of subject: Subject, among all: [Policy]) -> Policy {
        let policies = all.filter { $0.passwordElsewhere == nil }
        let digest = derive("policy", subject.id.description)
        let number = digest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        return policies.isEmpty ? Self.fallback : policies[number % policies.count]
    }

    /// A configuration without policies is refused; this only keeps the function total.
    private static let fallback = Policy(
        name: "",
        methods: [AllowedMethod(.email)],
        register: .init(minimum: 1),
        resetGates: 1
    )

    /// Methods such as a person under this policy would have, the same for a reset and an unlock. Questions and passes
    /// are not among them before something else was proven, which a decoy never does.
    package func methods(of subject: Subject, policy: Policy) -> [ResetMethod] {
        let kinds = kinds(of: subject, policy)
        return policy.methods.filter { kinds.contains($0.kind) && !$0.kind.comesSecond }.map { allowed in
            let digest = derive("method \(allowed.kind.rawValue)", subject.id.description)
            return ResetMethod(
                id: Self.identifier(digest),
                kind: allowed.kind,
                hint: Self.hint(allowed.kind, digest),
                via: allowed.via
            )
        }
    }

    /// What the decoy seems to have registered: any choice of the policy's kinds that makes a registration complete and
    /// passes the gates, and of the others about half.
    private func kinds(of subject: Subject, _ policy: Policy) -> Set<MethodKind> {
        let drawn = policy.methods.map(\.kind).filter { $0 != .accessPass }.map { kind in
            (kind: kind, digest: derive("kind \(kind.rawValue)", subject.id.description))
        }.sorted { $0.digest.lexicographicallyPrecedes($1.digest) }
        var chosen: [MethodKind] = []
        for (kind, _) in drawn where !Self.isEnough(chosen, policy) && Self.adds(kind, to: chosen, policy) {
            chosen.append(kind)
        }
        return Set(chosen).union(drawn.filter { $0.digest[31] & 1 == 0 }.map(\.kind))
    }

    private static func isEnough(_ kinds: [MethodKind], _ policy: Policy) -> Bool {
        kinds.count >= policy.register.minimum && kinds.count(where: \.isStrong) >= policy.register.strong
            && Independence.gates(ofKinds: kinds) >= gates(policy)
    }

    /// Whether a kind brings the choice nearer to what is asked for: to the gates first, which are the most particular.
    private static func adds(_ kind: MethodKind, to kinds: [MethodKind], _ policy: Policy) -> Bool {
        let (before, after) = (Independence.gates(ofKinds: kinds), Independence.gates(ofKinds: kinds + [kind]))
        return before >= gates(policy) || after > before || kind.comesSecond
    }

    private static func gates(_ policy: Policy) -> Int { max(1, policy.resetGates, policy.unlockGates) }

    /// The questions that a decoy would be asked: always the same ones.
    package func questions(of subject: Subject, rule: QuestionRule) -> [String] {
        rule.bank.map(\.id)
            .sorted {
                derive("question \($0)", subject.id.description).lexicographicallyPrecedes(
                    derive("question \($1)", subject.id.description)
                )
            }
            .prefix(rule.answer).map(\.self)
    }

    /// The form that the vault gives to method ids: 32 hexadecimal digits.
    private static func identifier(_ digest: [UInt8]) -> String {
        digest.prefix(16).map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }

    private static func hint(_ kind: MethodKind, _ digest: [UInt8]) -> String {
        switch kind {
        case .email:
            let letters = Array("aaabbcddeeeffghiijjjkkllmmmnnoprrsssttuvw")
            return Hint.of("\(letters[Int(digest[17]) % letters.count])@", kind: kind)
        case .mobilePhone, .alternatePhone, .officePhone:
            return Hint.of("+\(digest[17] % 10)\(digest[18] % 10)", kind: kind)
        case .authenticator, .appNotification, .securityQuestions, .recoveryCodes, .accessPass:
            return ""
        }
    }

    private func derive(_ label: String, _ text: String) -> [UInt8] {
        var hmac = HMAC<SHA256>(key: key)
        hmac.update(data: Array("latchkey decoy \(label)\u{0}".utf8))
        hmac.update(data: Array(text.utf8))
        return Array(hmac.finalize())
    }
}
