import Foundation
import SelfService
import Yams

/// `policies:`
enum PolicySection {
    static let keys = [
        "name", "roles", "methods", "enrol", "register", "reset", "unlock", "reconfirmAfter", "coolingOff",
        "trustDirectory", "questions", "voice", "passwordElsewhere",
    ]
    /// Characters of what people are told whose password is elsewhere.
    private static let elsewhereMax = 1000
    static let registerMax = 20
    private static let yearsMax: TimeInterval = 3650 * 86400

    /// A policy with the place it was read from, for the checks that look at several.
    struct Located {
        var policy: Policy
        var value: Value
        /// Kinds whose ways stand in the file: each must be possible. Of the others, those that are remain.
        var narrowed: Set<MethodKind> = []
    }

    static func read(_ value: Value) -> [Located]? {
        guard let items = value.items() else { return nil }
        if items.isEmpty { value.fault("needs at least one policy; without one nobody can reset anything") }
        return items.compactMap { policy($0) }
    }

    private static func policy(_ value: Value) -> Located? {
        guard let fields = value.fields(keys) else { return nil }
        if let elsewhere = fields["passwordElsewhere"] { return self.elsewhere(elsewhere, fields, value) }
        let name = fields.required("name")?.text()
        let roles = fields["roles"]?.list { $0.text() }
        if let list = fields["roles"], list.isEmptyList {
            list.fault("names no role; leave it out for everybody")
        }
        let entries = fields.required("methods").flatMap(MethodList.read)
        let methods = entries?.map(\.method) ?? []
        let register = fields.required("register").flatMap { self.register($0, methods) }
        let reset = fields.required("reset").flatMap { gates($0, methods, also: ["mustChange"]) }
        let unlock = fields["unlock"].flatMap { gates($0, methods) }?.count
        let reconfirm = fields["reconfirmAfter"]?.span(in: 3600...yearsMax)
        let cooling = fields["coolingOff"]?.span(in: 0...yearsMax)
        let rules = RegistrationRules(fields, methods)
        guard let name, let entries, let register, let reset else { return nil }
        var policy = Policy(
            name: name,
            roles: roles,
            methods: methods,
            register: register,
            resetGates: reset.count,
            unlockGates: unlock,
            reconfirmAfter: reconfirm,
            coolingOff: cooling ?? 0,
            enrolment: rules.enrolment,
            trustDirectory: rules.trustDirectory,
            questions: rules.questions,
            callsPressOnly: rules.callsPressOnly
        )
        policy.mustChange = reset.fields["mustChange"]?.flag() ?? false
        return Located(
            policy: policy,
            value: value,
            narrowed: Set(entries.filter(\.isNarrowed).map(\.method.kind))
        )
    }

    /// Whoever signs in with another system's password has nothing to register and nothing to reset.
    private static func elsewhere(_ text: Value, _ fields: Fields, _ value: Value) -> Located? {
        for key in keys where !["name", "roles", "passwordElsewhere"].contains(key) {
            fields[key]?.fault("has no meaning beside passwordElsewhere: nothing is reset here; remove one of them")
        }
        guard let name = fields.required("name")?.text(), let words = text.text() else { return nil }
        guard words.count <= elsewhereMax else { return text.wrong("has more than \(elsewhereMax) characters") }
        let policy = Policy(
            name: name,
            roles: fields["roles"]?.list { $0.text() },
            methods: [],
            register: RegistrationRequirement(minimum: 1),
            resetGates: 1,
            passwordElsewhere: words
        )
        return Located(policy: policy, value: value)
    }

    private static func register(_ value: Value, _ methods: [AllowedMethod]) -> RegistrationRequirement? {
        guard let fields = value.fields(["minimum", "strong"]),
            let minimum = fields.required("minimum")?.integer(in: 1...registerMax)
        else { return nil }
        let strong = fields["strong"]?.integer(in: 0...minimum) ?? 0
        if strong > 0, !methods.isEmpty, !methods.contains(where: \.kind.isStrong) {
            fields["strong"]?.fault(
                "can never be met: no method of this policy is strong; add mobile-phone or authenticator, or remove it"
            )
        }
        return RegistrationRequirement(minimum: minimum, strong: strong)
    }

    private static func gates(
        _ value: Value,
        _ methods: [AllowedMethod],
        also keys: [String] = []
    ) -> (count: Int, fields: Fields)? {
        guard let fields = value.fields(["gates"] + keys), let field = fields.required("gates"),
            let gates = field.integer(in: 1...registerMax)
        else { return nil }
        let most = Independence.gates(ofKinds: methods.map(\.kind))
        if !methods.isEmpty, gates > most {
            return field.wrong(
                "can never be met: the methods of this policy make at most \(most) independent "
                    + "gate\(most == 1 ? "" : "s"); lower it or add a method"
            )
        }
        return (gates, fields)
    }
}
