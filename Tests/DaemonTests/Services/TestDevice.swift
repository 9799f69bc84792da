import Crypto
import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient

/// A phone with an app: it holds a key, and signs what its owner decides.
struct TestDevice {
    private let key = P256.Signing.PrivateKey()
    let pushToken = "device-1"

    private func sign(_ lines: [String]) throws -> String {
        let text = Data(lines.joined(separator: "\n").utf8)
        return try key.signature(for: text).derRepresentation.base64EncodedString()
    }

    /// With the proof that the key is held.
    func registration(of person: String) throws -> AddMethodRequest {
        let publicKey = key.publicKey.derRepresentation.base64EncodedString()
        var request = AddMethodRequest(kind: "app-notification")
        request.publicKey = publicKey
        request.pushToken = pushToken
        request.proof = try sign(["latchkey-device-v1", person, publicKey, pushToken])
        return request
    }

    /// Says yes to what it was asked.
    /// - Parameters:
    ///   - number: what is signed.
    ///   - sent: what is sent; another number than the one signed is a forgery.
    func approval(_ asked: SpooledApproval, number: String, sending sent: String? = nil) throws -> AppApprovalRequest {
        let lines = [
            "latchkey-approval-v1", asked.challengeId, asked.personId, asked.purpose, "approve", number,
            asked.expiresAt,
        ]
        return AppApprovalRequest(
            challengeId: asked.challengeId,
            decision: "approve",
            number: sent ?? number,
            signature: try sign(lines)
        )
    }

    /// - Returns: the status of the answer.
    func decide(_ approval: AppApprovalRequest, _ portal: PortalClient) async throws -> Int {
        try await portal.send("POST", Routes.Frontend.appApprovals, body: try APIJSON.encode(approval)).status
    }
}
