import LocalAPI
import SelfService

extension RegistrationDocument {
    init(_ view: RegistrationView) {
        self.init(
            state: view.state.rawValue,
            registered: view.isRegistered,
            missing: view.missing.map { Missing(code: $0.code, kind: $0.kind?.rawValue, text: $0.text) },
            methods: view.methods.map { MethodDocument($0) },
            policy: Policy(
                name: view.policy.name,
                methods: view.policy.methods.map { method in
                    Policy.Method(kind: method.kind.rawValue, via: method.via.map(\.rawValue))
                },
                minimum: view.policy.register.minimum,
                strong: view.policy.register.strong
            )
        )
        guard view.policy.allows(.securityQuestions), let rule = view.policy.questions else { return }
        policy.questions = .init(
            register: rule.register,
            bank: rule.bank.map { QuestionDocument(id: $0.id, text: $0.text) }
        )
    }
}

extension MethodDocument {
    /// As its owner may see it now.
    init(_ view: MethodView) {
        self.init(masked: view)
        if view.showsValue, !view.method.value.isEmpty { value = view.method.value }
    }

    /// As the helpdesk may see it: never with its value, whatever the view says.
    init(masked view: MethodView) {
        let method = view.method
        self.init(
            id: method.id,
            kind: method.kind.rawValue,
            label: method.label,
            hint: method.hint,
            state: method.state.rawValue,
            isDefault: method.isDefault,
            via: view.via.map(\.rawValue),
            addedAt: method.addedAt
        )
        verifiedAt = method.verifiedAt
        usableFrom = view.usableFrom
    }
}

extension AddedMethodDocument {
    init(_ added: AddedMethod) {
        self.init(method: MethodDocument(added.method))
        otpauthURI = added.shown?.otpauthURI
        secret = added.shown?.secret
        codes = added.shown?.codes
    }
}

extension ChallengeDocument {
    init(_ view: ChallengeView) {
        let challenge = view.challenge
        self.init(
            id: challenge.id,
            kind: challenge.kind.rawValue,
            via: challenge.via?.rawValue,
            expiresAt: challenge.expiresAt,
            state: challenge.state.rawValue
        )
        questions = view.questions?.map { QuestionDocument(id: $0.id, text: $0.text) }
        number = challenge.number
    }
}
