import Audit
import Identity
import SelfService

extension VaultTransaction {
    /// An unverified method of the same value gives way, a verified one stands.
    func add(
        _ method: RegisteredMethod,
        for person: EntryID,
        limit: Int,
        by actor: AuditActor
    ) throws -> RegisteredMethod? {
        try ensureRegistration(of: person)
        let present = try methods(of: person)
        let same = present.filter { $0.kind == method.kind && $0.value == method.value }
        guard same.allSatisfy({ $0.state == .unverified }), present.count - same.count < limit else { return nil }
        // It keeps its id, and with it the count of wrong answers: adding it again buys no guesses.
        if var former = same.first {
            former.label = method.label
            try update(former, of: person)
            try audit(event(.methodAdded, former, of: person, by: actor))
            return former
        }
        try insert(method, of: person)
        try audit(event(.methodAdded, method, of: person, by: actor))
        return method
    }

    func change(
        _ id: String,
        of person: EntryID,
        label: String?,
        isDefault: Bool?,
        by actor: AuditActor
    ) throws -> RegisteredMethod? {
        guard let found = try methods(of: person).first(where: { $0.id == id }) else { return nil }
        var method = found
        method.label = label ?? method.label
        method.isDefault = isDefault ?? method.isDefault
        guard method != found else { return method }
        try update(method, of: person)
        if method.isDefault { try setDefault(id, of: person) }
        var changed = event(.methodChanged, method, of: person, by: actor)
        changed.details["label"] = method.label == found.label ? nil : "changed"
        changed.details["default"] = method.isDefault == found.isDefault ? nil : "\(method.isDefault)"
        try audit(changed)
        return method
    }

    /// The default passes on to the method that was verified first.
    func remove(_ id: String, of person: EntryID, by actor: AuditActor) throws -> Bool {
        guard let method = try methods(of: person).first(where: { $0.id == id }) else { return false }
        try delete(method, of: person)
        if method.isDefault {
            let verified = try methods(of: person).filter { $0.state == .verified }
            let heir = verified.min { ($0.verifiedAt ?? $0.addedAt) < ($1.verifiedAt ?? $1.addedAt) }
            try setDefault(heir?.id, of: person)
        }
        try audit(event(.methodRemoved, method, of: person, by: actor))
        return true
    }

    /// Possession was proven. The first method that is verified becomes the default.
    func verify(_ method: RegisteredMethod, of person: EntryID) throws {
        let isFirst = try methods(of: person).allSatisfy { $0.state == .unverified }
        var verified = method
        verified.state = .verified
        verified.verifiedAt = now.date
        try update(verified, of: person)
        if isFirst { try setDefault(method.id, of: person) }
    }

    /// The registration stays: the same id coming back revives it.
    func disableAndEnd(_ person: EntryID) throws {
        try endEverything(of: .person(person), exceptSession: nil)
        guard try disable(person) else { return }
        try audit(AuditEvent(.registrationDisabled, .done, by: .daemon, about: person))
    }

    private func event(
        _ action: AuditAction,
        _ method: RegisteredMethod,
        of person: EntryID,
        by actor: AuditActor
    ) -> AuditEvent {
        AuditEvent(
            action,
            .done,
            by: actor,
            about: person,
            details: ["method": method.id, "kind": method.kind.rawValue]
        )
    }
}
