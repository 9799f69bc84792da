import Foundation
import LocalAPI

/// A decision as one line of the Common Event Format, version 0.
enum CEFLine {
    static func of(_ record: AuditRecordDocument) -> String {
        let head = ["CEF:0", "Latchkey", "latchkeyd", "1", record.action, record.action, severity(record)]
        let fields = extensions(record).map { "\($0.key)=\(value($0.text))" }.joined(separator: " ")
        return head.map(heading).joined(separator: "|") + "|" + fields
    }

    private static func extensions(_ record: AuditRecordDocument) -> [(key: String, text: String)] {
        var fields = [
            (key: "rt", text: String(Int64((record.time.timeIntervalSince1970 * 1000).rounded()))),
            (key: "externalId", text: String(record.sequence)), (key: "outcome", text: record.result),
            (key: "suser", text: record.actor.name ?? record.actor.kind),
        ]
        if let uid = record.actor.uid { fields.append((key: "suid", text: String(uid))) }
        if let subject = record.subject { fields.append((key: "duid", text: subject)) }
        let details = record.details.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        if !details.isEmpty { fields.append((key: "msg", text: details.joined(separator: " "))) }
        return fields
    }

    /// From 0 to 10: what did not succeed deserves a look, what tells of an attack or of damage a quick one.
    private static func severity(_ record: AuditRecordDocument) -> String {
        switch (record.action, record.result) {
        case ("person.frozen", _), ("password.reverted", _), ("audit.verified", "failed"): "8"
        case (_, "failed"), (_, "unknown"): "5"
        case (_, "refused"): "4"
        default: "2"
        }
    }

    /// In the head a bar would begin the next field.
    private static func heading(_ text: String) -> String {
        escaped(text).replacing("|", with: "\\|")
    }

    private static func value(_ text: String) -> String {
        escaped(text).replacing("=", with: "\\=")
    }

    private static func escaped(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 }).replacing("\\", with: "\\\\")
    }
}
