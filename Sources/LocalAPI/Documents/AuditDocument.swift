package import Foundation

/// One audited decision.
package struct AuditRecordDocument: Codable, Sendable, Equatable {
    package struct Actor: Codable, Sendable, Equatable {
        /// `daemon`, `frontend` or `administrator`.
        package var kind: String
        /// The front end's name.
        package var name: String?
        /// The administrator's uid.
        package var uid: UInt32?

        package init(kind: String, name: String? = nil, uid: UInt32? = nil) {
            self.kind = kind
            self.name = name
            self.uid = uid
        }
    }

    package var sequence: Int64
    package var time: Date
    package var action: String
    /// `done`, `refused`, `failed` or `unknown`.
    package var result: String
    package var actor: Actor
    /// The immutable id of the person whom it is about.
    package var subject: String?
    package var details: [String: String]

    package init(
        sequence: Int64,
        time: Date,
        action: String,
        result: String,
        actor: Actor,
        subject: String?,
        details: [String: String]
    ) {
        self.sequence = sequence
        self.time = time
        self.action = action
        self.result = result
        self.actor = actor
        self.subject = subject
        self.details = details
    }
}

/// What a walk over the whole chain found.
package struct AuditVerificationDocument: Codable, Sendable, Equatable {
    package var intact: Bool
    /// How many records were read.
    package var count: Int64
    /// The first record that is missing or does not match.
    package var brokenAt: Int64?
    /// `holds`, `broken` or `too-old`; absent where no anchor was given.
    package var anchor: String?
    /// Where the audit ends now, to be kept elsewhere.
    package var end: String?

    package init(intact: Bool, count: Int64, brokenAt: Int64?, anchor: String? = nil, end: String? = nil) {
        self.anchor = anchor
        self.end = end
        self.intact = intact
        self.count = count
        self.brokenAt = brokenAt
    }
}
