import SelfService

/// What a policy says of how people register: `enrol`, `trustDirectory`, `questions`, `voice`.
struct RegistrationRules {
    /// Questions that a bank may have, and characters of one.
    private static let bankMax = 50
    private static let textMax = 200
    private static let idMax = 64
    /// Kinds that the directory has a value for.
    private static let inDirectory: [MethodKind] = [.officePhone, .mobilePhone, .email]

    var enrolment = EnrolmentRule.password
    var trustDirectory: [MethodKind] = []
    var questions: QuestionRule?
    var callsPressOnly = false

    init(_ fields: Fields, _ methods: [AllowedMethod]) {
        let kinds = Set(methods.map(\.kind))
        enrolment =
            fields["enrol"]?.word(EnrolmentRule.allCases.map(\.rawValue)).flatMap(EnrolmentRule.init) ?? .password
        trustDirectory = fields["trustDirectory"]?.list { Self.trusted($0, kinds) } ?? []
        questions = fields["questions"].flatMap(Self.questions)
        callsPressOnly = fields["voice"]?.word(["press-only", "number"]) == "press-only"
        tellQuestions(fields, kinds)
    }

    private func tellQuestions(_ fields: Fields, _ kinds: Set<MethodKind>) {
        if kinds.contains(.securityQuestions), fields["questions"] == nil {
            fields.owner.fault(
                "security-questions needs questions: {register: 3, answer: 3, bank: [{id: …, text: …}, …]}"
            )
        }
        if !kinds.isEmpty, !kinds.contains(.securityQuestions), let value = fields["questions"] {
            value.fault("is for security-questions, which is not among the methods; add it there or remove this")
        }
    }

    private static func trusted(_ value: Value, _ kinds: Set<MethodKind>) -> MethodKind? {
        guard let kind = value.word(inDirectory.map(\.rawValue)).flatMap({ MethodKind(rawValue: $0) }) else {
            return nil
        }
        guard kinds.isEmpty || kinds.contains(kind) else {
            return value.wrong("is not among the methods of this policy; add it there or remove it here")
        }
        return kind
    }

    private static func questions(_ value: Value) -> QuestionRule? {
        guard let fields = value.fields(["register", "answer", "bank"]) else { return nil }
        let bank = fields.required("bank").flatMap(bank)
        let register = fields.required("register")?.integer(in: 1...bankMax)
        let answer = fields.required("answer")?.integer(in: 1...bankMax)
        guard let bank, let register, let answer else { return nil }
        if register > bank.count {
            fields["register"]?.fault("can never be met: the bank has \(bank.count) questions; add some or lower it")
        }
        if answer > register { fields["answer"]?.fault("asks more than people register; lower it to \(register)") }
        return QuestionRule(register: register, answer: answer, bank: bank)
    }

    private static func bank(_ value: Value) -> [QuestionRule.Question]? {
        guard let items = value.items() else { return nil }
        guard items.count <= bankMax else { return value.wrong("has more than \(bankMax) questions") }
        var seen: Set<String> = []
        return items.compactMap { item in
            guard let fields = item.fields(["id", "text"]) else { return nil }
            guard let id = fields.required("id")?.text(), let text = fields.required("text")?.text() else { return nil }
            guard id.utf8.count <= idMax, text.count <= textMax else {
                return item.wrong("an id has at most \(idMax) bytes and a text at most \(textMax) characters")
            }
            guard seen.insert(id).inserted else {
                return item.wrong("a question with this id stands above; rename one")
            }
            return QuestionRule.Question(id: id, text: text)
        }
    }
}
