/// `POST /v1/admin/audit/verifications`.
package struct AuditVerificationRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case anchor }

    /// Where the audit once ended, as the journal has it: `NUMBER:HEXADECIMAL`.
    package var anchor: String?

    package init(anchor: String? = nil) { self.anchor = anchor }
}
