import Audit
import Foundation
import Identity
import SelfService

extension VaultTransaction {
    /// Makes what came from the directory the same as it is there now. What a person has proven stays as it is.
    func adopt(_ values: [DirectoryValue], for person: EntryID) throws {
        try ensureRegistration(of: person)
        for method in try methods(of: person) where method.source == .directory && !method.isProven {
            try follow(values.first { $0.kind == method.kind }, method, of: person)
        }
        for value in values where try lacks(value, person) {
            let method = RegisteredMethod(
                id: RandomBytes.identifier(),
                kind: value.kind,
                value: value.value,
                label: "",
                state: value.isTrusted ? .verified : .candidate,
                isDefault: false,
                addedAt: now.date,
                verifiedAt: value.isTrusted ? now.date : nil,
                source: .directory,
                changedAt: value.isTrusted ? value.changedAt : nil
            )
            try insert(method, of: person)
            try audit(event(.methodAdded, method, of: person, by: .daemon))
        }
    }

    private func follow(
        _ value: DirectoryValue?,
        _ method: RegisteredMethod,
        of person: EntryID
    ) throws {
        guard let value else {
            if method.state == .verified { try tellFormer(method.kind, person) }
            try delete(method, of: person)
            return try audit(event(.methodRemoved, method, of: person, by: .daemon))
        }
        let state: RegisteredMethod.State = value.isTrusted ? .verified : .candidate
        guard value.value != method.value || state != method.state else { return }
        // A trusted value that changes may be a thief's: the old one is told, and the new one waits.
        if method.state == .verified { try tellFormer(method.kind, person) }
        var followed = method
        let changedAt = [method.changedAt, value.changedAt].compactMap(\.self).max()
        followed.changedAt = value.value == method.value ? changedAt : now.date
        followed.value = value.value
        followed.state = state
        followed.verifiedAt = value.isTrusted ? now.date : nil
        try update(followed, of: person)
        try expireChallenges(ofMethod: method.id, of: .person(person))
        try audit(event(.methodChanged, followed, of: person, by: .daemon))
    }

    /// Whoever had a trusted value is told also where they never registered anything themselves.
    private func tellFormer(_ kind: MethodKind, _ person: EntryID) throws {
        try tell(Notice(.valueChanged, method: kind), person, evenIfIncomplete: true)
    }

    /// A candidate is offered where the person has nothing of the kind; a trusted value beside whatever there is.
    private func lacks(_ value: DirectoryValue, _ person: EntryID) throws -> Bool {
        let same = try methods(of: person).filter { $0.kind == value.kind }
        return value.isTrusted ? !same.contains { $0.value == value.value && $0.state == .verified } : same.isEmpty
    }
}
