import Audit
import Foundation
import Identity
import SelfService

extension VaultTransaction {
    /// A method that stands for the same thing gives way, unless it is verified and proves itself by its value.
    func add(
        _ draft: MethodDraft,
        for person: EntryID,
        limit: Int,
        notice: Notice?,
        by actor: AuditActor
    ) throws -> RegisteredMethod? {
        try ensureRegistration(of: person)
        let present = try methods(of: person)
        let former = present.first { $0.stands(for: draft) }
        if let former, former.state == .verified, former.secret == nil, draft.state != .verified { return nil }
        guard former != nil || present.count < limit else { return nil }
        if draft.state == .verified, let notice { try tell(notice, person) }
        // It keeps its id, and with it the count of wrong answers: adding it again buys no guesses.
        let method = RegisteredMethod(draft, id: former?.id ?? RandomBytes.identifier(), at: now.date)
        if former == nil { try insert(method, of: person) } else { try update(method, of: person) }
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
    func remove(_ id: String, of person: EntryID, notice: Notice?, by actor: AuditActor) throws -> Bool {
        guard let method = try methods(of: person).first(where: { $0.id == id }) else { return false }
        // What was never proven never did anything: nobody needs to know.
        if method.state == .verified, let notice { try tell(notice, person) }
        try delete(method, of: person)
        try passOnDefault(of: person)
        try audit(event(.methodRemoved, method, of: person, by: actor))
        return true
    }

    /// Where the default is gone.
    func passOnDefault(of person: EntryID) throws {
        let methods = try methods(of: person)
        guard methods.allSatisfy({ !$0.isDefault }) else { return }
        let verified = methods.filter { $0.state == .verified && $0.kind != .accessPass }
        let heir = verified.min { ($0.verifiedAt ?? $0.addedAt) < ($1.verifiedAt ?? $1.addedAt) }
        try setDefault(heir?.id, of: person)
    }

    /// Possession was proven. The first method that is verified becomes the default.
    func verify(_ method: RegisteredMethod, of person: EntryID) throws {
        let isFirst = try methods(of: person).allSatisfy { $0.state != .verified }
        var verified = method
        verified.state = .verified
        verified.verifiedAt = now.date
        verified.provenAt = now.date
        try update(verified, of: person)
        try forgetCandidates(of: method.kind, of: person)
        try forgetDoubles(of: verified, person)
        if isFirst { try setDefault(method.id, of: person) } else { try passOnDefault(of: person) }
    }

    /// Who has proven one of a kind needs no offers of it any more.
    private func forgetCandidates(of kind: MethodKind, of person: EntryID) throws {
        for method in try methods(of: person) where method.kind == kind && method.state == .candidate {
            try delete(method, of: person)
        }
    }

    /// What was entered for somebody may be what they have proven already: it counts once.
    private func forgetDoubles(of proven: RegisteredMethod, _ person: EntryID) throws {
        guard !proven.value.isEmpty else { return }
        for method in try methods(of: person)
        where method.id != proven.id && method.kind == proven.kind && method.value == proven.value {
            try delete(method, of: person)
        }
    }

    /// The registration stays: the same id coming back revives it.
    func disableAndEnd(_ person: EntryID) throws {
        try endEverything(of: .person(person), exceptSession: nil)
        guard try disable(person) else { return }
        try audit(AuditEvent(.registrationDisabled, .done, by: .daemon, about: person))
    }

    func event(
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
            details: ["method": method.id, "kind": method.kind.rawValue, "source": method.source.rawValue]
        )
    }
}

extension RegisteredMethod {
    /// Whether adding the draft would only repeat or replace this: the same value, the same device, an app that was
    /// never proven, or what a person has one set of.
    fileprivate func stands(for draft: MethodDraft) -> Bool {
        guard kind == draft.kind else { return false }
        switch (secret, draft.secret) {
        case (.device(let mine), .device(let theirs)): return mine.publicKey == theirs.publicKey
        case (_, .authenticator): return state != .verified
        case (_, .answers), (_, .codes), (_, .pass): return true
        default: return value == draft.value
        }
    }

    fileprivate init(_ draft: MethodDraft, id: String, at now: Date) {
        self.init(
            id: id,
            kind: draft.kind,
            value: draft.value,
            label: draft.label,
            state: draft.state,
            isDefault: false,
            addedAt: now,
            verifiedAt: draft.state == .verified ? now : nil,
            source: draft.source,
            secret: draft.secret
        )
    }
}
