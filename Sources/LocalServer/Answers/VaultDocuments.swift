import Identity
import LocalAPI
import SelfService

extension VaultKeysDocument {
    init(_ status: KeyStatus) {
        self.init(
            configuredKey: status.configuredKey,
            writingKey: status.writingKey,
            formerKeys: status.formerKeys,
            remaining: status.remaining,
            complete: status.isComplete
        )
    }
}

extension BackupDocument {
    init(_ report: BackupReport) {
        self.init(
            path: report.path,
            time: report.time,
            bytes: report.byteCount,
            people: report.people,
            methods: report.methods,
            auditSequence: report.auditSequence,
            key: report.key
        )
    }
}

extension PersonExportDocument {
    init(_ export: PersonExport) {
        self.init(id: export.registration.person.description)
        completedAt = export.registration.completedAt
        confirmedAt = export.registration.confirmedAt
        disabledAt = export.disabledAt
        frozenAt = export.frozenAt
        recentPolicies = export.recentPolicies
        methods = export.registration.methods.map(Method.init)
        sessions = export.sessions.map { session in
            Session(
                session.startedFor,
                frontend: session.frontend,
                policy: session.policy,
                expiresAt: session.expiresAt,
                ended: session.isEnded
            )
        }
        messages = export.messages.map { Message($0.channel, to: $0.to, deadline: $0.deadline) }
        writes = export.writes.map { Write($0.kind, state: $0.state, recordedAt: $0.recordedAt) }
        counters = export.counters
        audit = export.audit.map(AuditRecordDocument.init)
    }
}

extension PersonExportDocument.Method {
    /// Its value, and nothing that answers are compared with.
    init(_ method: RegisteredMethod) {
        self.init(
            id: method.id,
            kind: method.kind.rawValue,
            label: method.label,
            state: method.state.rawValue,
            isDefault: method.isDefault,
            addedAt: method.addedAt
        )
        value = method.value.isEmpty ? nil : method.value
        verifiedAt = method.verifiedAt
        source = method.source.rawValue
    }
}
