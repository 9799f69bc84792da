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
    }
}

extension MethodDocument {
    /// As its owner may see it now.
    init(_ view: MethodView) {
        self.init(masked: view)
        if view.showsValue { value = view.method.value }
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

extension ChallengeDocument {
    init(_ challenge: Challenge) {
        self.init(
            id: challenge.id,
            kind: challenge.kind.rawValue,
            via: challenge.via?.rawValue,
            expiresAt: challenge.expiresAt,
            state: challenge.state.rawValue
        )
    }
}
