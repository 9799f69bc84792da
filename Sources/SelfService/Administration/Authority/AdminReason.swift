/// Why an administrator does something, in their own words. It goes into the audit.
package struct AdminReason: Sendable, Equatable {
    /// Bytes.
    package static let limit = 500

    package let text: String

    /// - Throws: ``ServiceError`` of code `invalidValue` that names the member `reason`.
    package init(_ text: String) throws(ServiceError) {
        let isReadable = !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard text.contains(where: { !$0.isWhitespace }), text.utf8.count <= Self.limit, isReadable else {
            throw ServiceError(
                .invalidValue,
                "Say why, in one line of at most \(Self.limit) bytes: the reason goes into the audit.",
                field: "reason"
            )
        }
        self.text = text.withoutOuterBlanks
    }
}
