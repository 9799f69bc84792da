import Foundation
import LocalAPI

/// A wire type as it is sent, beside the name of its schema.
struct Sample: Sendable {
    let schema: String
    let json: String

    init(_ schema: String, _ value: some Encodable) throws {
        self.schema = schema
        json = String(decoding: try APIJSON.encode(value), as: UTF8.self)
    }

    /// Every type, once with all that it can have and once with as little as it must.
    static func all() throws -> [Sample] {
        try registration() + resets() + mirror() + feed() + people() + helpdesk() + vault() + requests()
            + adminRequests() + problems()
    }
}

/// The parts that the samples are made of.
enum SampleParts {
    static let time = Date(timeIntervalSince1970: 1_767_323_045)
    static let freshness = FreshnessDocument(SampleFreshness.live)
    static let question = QuestionDocument(id: "pet", text: "What was the name of your first pet?")
    static let finding = ExplanationDocument.Finding(code: "no-methods", blocks: true, text: "Nothing is registered.")
    static let directory = DirectoryOutcomeDocument(server: "ldaps://ldap1", outcome: "applied", reason: nil)
    static let refused = DirectoryOutcomeDocument(
        server: "ldaps://ldap1",
        outcome: "refused",
        reason: "other",
        notEnforced: ["history"],
        lockedOn: ["ldaps://ldap2"]
    )
    static let rule = RuleDocument(id: "length", text: "12 characters", satisfied: false, source: "configuration")

    static var method: MethodDocument {
        MethodDocument(
            id: "m1",
            kind: "mobile-phone",
            label: "mine",
            hint: "+1•••42",
            state: "verified",
            isDefault: true,
            via: ["text", "call"],
            addedAt: time
        )
    }

    static var fullMethod: MethodDocument {
        var full = method
        (full.value, full.verifiedAt, full.usableFrom) = ("+12025550142", time, time)
        return full
    }

    static var record: AuditRecordDocument {
        AuditRecordDocument(
            sequence: 1,
            time: time,
            action: "daemon.started",
            result: "done",
            actor: .init(kind: "daemon"),
            subject: nil,
            details: [:]
        )
    }
}
