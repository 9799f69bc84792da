import Audit
import Foundation
import GRDB

extension VaultTransaction {
    /// Appends a record: it commits with the decision, or neither does.
    func audit(_ event: AuditEvent) throws {
        let table = AuditTable(db: db, keys: secrets.keyring.audit)
        let end = try table.endForAppending()
        try table.append(try payload(event, sequence: end.sequence + 1).bytes, after: end)
    }

    /// A record as it was appended, less what was erased.
    func auditRecord(_ row: Row) throws -> AuditRecord {
        let sequence: Int64 = row["sequence"]
        guard
            let bytes = row["payload"] as Data?, let payload = try? AuditPayload.decode(bytes),
            let event = try payload.event ?? payload.personal.map({ try open($0, sequence: sequence) })
        else { throw VaultError.tampered("audit.payload", "record \(sequence)") }
        return AuditRecord(sequence: sequence, time: payload.time.date, event: event)
    }

    private func payload(_ event: AuditEvent, sequence: Int64) throws -> AuditPayload {
        guard let subject = event.subject else { return AuditPayload(time: now, event: event) }
        let key = try personKey(of: subject) ?? makePersonKey(of: subject)
        let sealed = try key.sealer(database: secrets.database).seal(
            AuditPayload.Fields(subject: subject, details: event.details),
            in: key.context(sequence: sequence)
        )
        return AuditPayload(
            time: now,
            personal: .init(
                action: event.action,
                result: event.result,
                actor: event.actor,
                person: key.id,
                sealed: sealed
            )
        )
    }

    private func open(_ personal: AuditPayload.Personal, sequence: Int64) throws -> AuditEvent {
        var event = AuditEvent(personal.action, personal.result, by: personal.actor)
        guard let key = try personKey(id: personal.person) else {
            event.details = [AuditEvent.erasedDetail: AuditEvent.erasedPerson]
            return event
        }
        let fields = try key.sealer(database: secrets.database).open(
            AuditPayload.Fields.self,
            from: personal.sealed,
            keyID: "person",
            in: key.context(sequence: sequence)
        )
        event.subject = fields.subject
        event.details = fields.details
        return event
    }
}
