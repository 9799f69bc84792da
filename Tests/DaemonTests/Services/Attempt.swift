import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient

/// One request of somebody who should get nothing by it, and how it is answered.
struct Attempt: Sendable {
    var method: String
    var path: String
    var body: Data?
    var status: Int
    /// The code of the problem; nil where any will do.
    var code: String?

    init(_ status: Int, _ method: String, _ path: String, code: String? = nil) {
        (self.method, self.path, self.status, self.code) = (method, path, status, code)
    }

    init(
        _ status: Int,
        _ method: String,
        _ path: String,
        _ request: some Encodable,
        code: String? = nil
    ) throws {
        self.init(status, method, path, code: code)
        body = try APIJSON.encode(request)
    }

    /// What comes without a proof that is fresh.
    static func needsProof(_ method: String, _ path: String, _ request: some Encodable) throws -> Attempt {
        try Attempt(403, method, path, request, code: "fresh-proof-required")
    }

    /// Sends it.
    /// - Returns: nil where it was answered as it should be, and else what was wrong with the answer.
    func objection(_ portal: PortalClient, token: String, secrets: Secrets) async throws -> String? {
        let answer = try await portal.send(method, path, token: token, body: body)
        let text = String(decoding: answer.body, as: UTF8.self)
        let problem = try? APIJSON.decode(Problem.self, from: answer.body)
        let seen = secrets.found(in: text)
        guard answer.status == status, code == nil || problem?.code == code, seen.isEmpty else {
            return "\(method) \(path): \(answer.status) \(text)"
        }
        return nil
    }
}
