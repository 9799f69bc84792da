import Foundation
import LocalAPI
import LocalClient

extension AdminSession {
    /// Asks for something to be done to a person, and shows what came of it: also that a second administrator is
    /// needed.
    /// - Returns: `tryAgain` while one is, else what `status` makes of the document.
    func act<Document: Decodable>(
        _ type: Document.Type,
        _ path: String,
        body: some Encodable,
        status: (Document) -> ExitStatus = { _ in .done },
        as text: (Document) -> String
    ) async throws -> ExitStatus {
        let response = try await client.send("POST", path, body: try APIJSON.encode(body))
        if response.status == 202 {
            let approval = try client.read(ApprovalDocument.self, response)
            if json { print(response.body) } else { console.line(Self.text(approval)) }
            return .tryAgain
        }
        let document = try client.read(type, response)
        if json { print(response.body) } else { console.line(text(document)) }
        return status(document)
    }

    private static func text(_ approval: ApprovalDocument) -> String {
        """
        \(VisibleText.of(approval.login)) is protected: a second administrator must approve this.
          latchkeyctl approvals approve \(VisibleText.of(approval.id))
        Repeat this command once that is done, by \(LocalTime.text(approval.expiresAt)) at the latest.
        """
    }
}
