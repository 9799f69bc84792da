import Audit
import Foundation
import Identity
import SelfService

extension VaultTransaction {
    /// Looks at all of them before it writes any.
    func enter(
        _ entries: [MethodEntry],
        limit: Int,
        isPartial: Bool,
        by actor: AuditActor
    ) throws -> [MethodEntryResult] {
        let results = try foreseen(entries, limit: limit)
        guard isPartial || !results.contains(.full) else { return results }
        for (entry, result) in zip(entries, results) where result == .added { try enter(entry, by: actor) }
        return results
    }

    private func foreseen(_ entries: [MethodEntry], limit: Int) throws -> [MethodEntryResult] {
        var more: [EntryID: Int] = [:]
        return try entries.map { entry in
            let present = try methods(of: entry.person)
            if entry.mayCompare, entry.isPresent(in: present) { return .present }
            guard !present.contains(where: { $0.givesWay(to: entry.draft) }) else { return .added }
            guard present.count + more[entry.person, default: 0] < limit else { return .full }
            more[entry.person, default: 0] += 1
            return .added
        }
    }

    /// What was entered before, and not proven since, gives way: whether the value was the same leaves no trace that
    /// somebody could see who may not see values.
    private func enter(_ entry: MethodEntry, by actor: AuditActor) throws {
        try ensureRegistration(of: entry.person)
        try tell(entry.notice, entry.person, evenIfIncomplete: true)
        let former = try methods(of: entry.person).first { $0.givesWay(to: entry.draft) }
        let method = RegisteredMethod(
            id: former?.id ?? RandomBytes.identifier(),
            kind: entry.draft.kind,
            value: entry.draft.value,
            label: entry.draft.label,
            state: entry.draft.state,
            isDefault: former?.isDefault ?? false,
            addedAt: now.date,
            verifiedAt: entry.draft.state == .verified ? now.date : nil,
            source: entry.draft.source,
            // The cooling-off holds also before a registration is complete: else whoever enters a number of their own
            // could reset somebody who has nothing else yet.
            changedAt: entry.draft.state == .verified ? now.date : nil
        )
        if former == nil { try insert(method, of: entry.person) } else { try update(method, of: entry.person) }
        try expireChallenges(ofMethod: method.id, of: .person(entry.person))
        try audit(event(.methodAdded, method, of: entry.person, by: actor, entry.details))
    }

    func event(
        _ action: AuditAction,
        _ method: RegisteredMethod,
        of person: EntryID,
        by actor: AuditActor,
        _ details: [String: String]
    ) -> AuditEvent {
        var event = event(action, method, of: person, by: actor)
        event.details.merge(details) { own, _ in own }
        return event
    }
}

extension RegisteredMethod {
    /// Whether it was entered for the person, as the draft is, and means no more than that.
    fileprivate func givesWay(to draft: MethodDraft) -> Bool {
        kind == draft.kind && state == draft.state && (source == .administrator || source == .imported)
    }
}
