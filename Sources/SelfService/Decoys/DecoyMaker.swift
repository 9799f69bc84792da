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

    /// The policy that a decoy seems to be under: any of them, since real people are under any of them.
    package func policy(of subject: Subject, among policies: [Policy]) -> Policy {
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

    /// Methods such as a person under this policy would have, enough to pass its gates. Questions and passes are
    /// not among them before something else was proven, which a decoy never does.
    package func methods(of subject: Subject, policy: Policy, purpose: ResetPurpose) -> [ResetMethod] {
        var rest = policy.gates(for: purpose)
        var used: Set<String> = []
        return policy.methods.filter { !$0.kind.comesSecond }.compactMap { allowed in
            let digest = derive("method \(allowed.kind.rawValue)", subject.id.description)
            let isNew = used.isDisjoint(with: Independence.resources(allowed.kind, value: ""))
            // What is not needed for the gates is there for about half of all decoys.
            guard rest > 0 && isNew || digest[16] & 1 == 0 else { return nil }
            if isNew { rest -= 1 }
            used.formUnion(Independence.resources(allowed.kind, value: ""))
            return ResetMethod(
                id: Self.identifier(digest),
                kind: allowed.kind,
                hint: Self.hint(allowed.kind, digest),
                via: allowed.via
            )
        }
    }

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
