import Foundation
import Identity
import Testing

@testable import SelfService

@Suite("Why a method counts or not")
struct MethodStandingTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private static let policy = Policy(
        name: "all",
        methods: [.email, .mobilePhone, .officePhone, .securityQuestions, .recoveryCodes].map { AllowedMethod($0) },
        register: .init(minimum: 1),
        resetGates: 2,
        coolingOff: 3600,
        mailNeedsPassword: ["example.org"],
        questions: QuestionRule(register: 1, answer: 1, bank: [])
    )

    private static func method(
        _ kind: MethodKind,
        _ value: String = "",
        _ state: RegisteredMethod.State = .verified,
        since seconds: TimeInterval = 7200,
        secret: MethodSecret? = nil
    ) -> RegisteredMethod {
        RegisteredMethod(
            id: "\(kind.rawValue) \(value)",
            kind: kind,
            value: value,
            label: "",
            state: state,
            isDefault: false,
            addedAt: now,
            verifiedAt: state == .verified ? now.addingTimeInterval(-seconds) : nil,
            secret: secret
        )
    }

    private func standings(_ methods: RegisteredMethod...) -> [MethodStanding] {
        let stored = StoredRegistration(
            person: EntryID(folding: [1]),
            methods: methods,
            completedAt: Self.now.addingTimeInterval(-86400)
        )
        return MethodStanding.all(RegistrationReview(stored: stored, policy: Self.policy, now: Self.now))
    }

    private func codes(_ method: RegisteredMethod) -> [String] { standings(method)[0].findings.map(\.code) }

    @Test("one that is verified, offered and old enough simply counts")
    func counts() {
        let standing = standings(Self.method(.email, "a@example.net"))[0]
        #expect(standing.isUsable && standing.findings.isEmpty && standing.usableFrom.map { $0 <= Self.now } == true)
    }

    @Test("each reason why one does not count has its code")
    func reasons() {
        #expect(codes(Self.method(.email, "a@example.net", .unverified)) == ["unverified"])
        #expect(codes(Self.method(.mobilePhone, "+12025550142", .candidate)) == ["candidate"])
        #expect(codes(Self.method(.email, "a@example.net", since: 60)) == ["cooling-off"])
        #expect(codes(Self.method(.email, "a@mail.example.org")) == ["needs-password"])
        #expect(codes(Self.method(.alternatePhone, "+12025550142")) == ["kind-not-offered"])
        #expect(codes(Self.method(.recoveryCodes, secret: .codes(RecoveryCodeSecrets()))) == ["used-up"])
        #expect(codes(Self.method(.alternatePhone, "+12025550142", .unverified)) == ["kind-not-offered", "unverified"])
    }

    @Test("one on the number of another, and questions, count with a remark")
    func remarks() {
        let shared = standings(Self.method(.mobilePhone, "+12025550142"), Self.method(.officePhone, "+12025550142"))
        #expect(shared.map(\.isUsable) == [true, true])
        #expect(shared.map { $0.findings.map(\.code) } == [[], ["same-gate"]])
        #expect(shared[1].findings[0].text.contains("mobile-phone"))
        let verifier = AnswerSecrets(answers: [])
        let questions = standings(Self.method(.securityQuestions, secret: .answers(verifier)))[0]
        #expect(!questions.isUsable && questions.findings.map(\.code) == ["used-up"])
    }

    @Test("no sentence has a value in it")
    func noValue() {
        let all = standings(
            Self.method(.mobilePhone, "+12025550142"),
            Self.method(.officePhone, "+12025550142"),
            Self.method(.email, "secret@example.org"),
            Self.method(.email, "other@example.net", .candidate)
        )
        for text in all.flatMap(\.findings).map(\.text) {
            #expect(!text.contains("5550142") && !text.contains("secret") && !text.contains("@"))
        }
    }
}
