import Foundation

extension ChallengeDraft {
    /// A challenge for a registered method.
    init(
        to method: RegisteredMethod,
        via: Via?,
        purpose: CodeMessage.Purpose,
        policy: Policy,
        in session: Session,
        language: String?,
        environment: ServiceEnvironment
    ) {
        self.init(
            methodID: method.id,
            kind: method.kind,
            destination: method.destination,
            numberExtension: PhoneNumber(stored: method.value).numberExtension,
            via: via,
            purpose: purpose,
            policy: policy,
            in: session,
            language: language,
            environment: environment
        )
    }

    /// A challenge for any destination; for a decoy it goes nowhere.
    init(
        methodID: String,
        kind: MethodKind,
        destination: String,
        numberExtension: String? = nil,
        via: Via?,
        purpose: CodeMessage.Purpose,
        policy: Policy,
        in session: Session,
        language: String?,
        environment: ServiceEnvironment
    ) {
        let exchange = kind.type.exchange(via: via)
        let code = Self.code(exchange, purpose, policy, environment)
        self.init(
            session: session,
            methodID: methodID,
            kind: kind,
            via: via,
            code: code,
            showsNumber: exchange == .decision || exchange == .call && code != CallAnswer.key,
            lifetime: environment.lifetimes.code,
            message: CodeMessage.make(
                code: code,
                to: destination,
                exchange: exchange,
                via: kind.via.isEmpty ? nil : via,
                numberExtension: numberExtension,
                purpose: purpose,
                minutes: Int(environment.lifetimes.code / 60),
                isDecoy: session.subject.isDecoy
            ),
            questions: kind == .securityQuestions
                ? Self.questions(policy, of: session.subject, environment.decoys) : nil
        )
        message?.language = language
    }

    /// The code that is sent, or what is keyed on the phone or typed on the device.
    private static func code(
        _ exchange: Exchange,
        _ purpose: CodeMessage.Purpose,
        _ policy: Policy,
        _ environment: ServiceEnvironment
    ) -> String {
        switch exchange {
        case .mailedCode, .textedCode, .appCode, .storedSecret: environment.codes.next()
        case .decision: environment.codes.number(digits: AppNotification.numberDigits)
        case .call:
            if case .registration = purpose {
                CallAnswer.key
            } else {
                policy.callsPressOnly ? CallAnswer.key : environment.codes.number(digits: CallAnswer.digits)
            }
        }
    }

    private static func questions(_ policy: Policy, of subject: Subject, _ decoys: DecoyMaker) -> QuestionDraft? {
        policy.questions.map { rule in
            QuestionDraft(count: rule.answer, decoys: decoys.questions(of: subject, rule: rule))
        }
    }
}

/// What is keyed in a call.
package enum CallAnswer {
    /// The key that says "yes, this is my phone" at a registration.
    package static let key = "#"
    /// Of the number on the page, in a reset.
    package static let digits = 2
    /// Digits that a gateway may report: more than ours are wrong, not malformed.
    package static let limit = 32
}

extension Via {
    /// The way that was asked for if it is offered, or the first that is.
    static func chosen(_ wanted: Via?, of offered: [Via]) throws(ServiceError) -> Via? {
        guard let wanted else { return offered.first }
        guard offered.contains(wanted) else {
            throw ServiceError(.invalidValue, "This method cannot be reached that way.", field: "via")
        }
        return wanted
    }
}
