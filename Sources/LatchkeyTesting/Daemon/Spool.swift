import Foundation

/// A message that would have been sent.
package struct SpooledMessage: Decodable, Sendable, Equatable {
    package var kind: String
    package var to: String
    package var via: String?
    package var subject: String?
    package var body: String
    package var code: String?
    package var link: String?
    package var `extension`: String?
    package var callId: String?
    package var approval: SpooledApproval?
}

extension SpooledMessage {
    /// The token that a link in the words carries.
    package func link(_ use: String) -> String? {
        guard let start = body.range(of: "#\(use)=")?.upperBound else { return nil }
        return String(body[start...].prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
    }
}

/// What a device is asked to sign.
package struct SpooledApproval: Decodable, Sendable, Equatable {
    package var challengeId: String
    package var personId: String
    package var purpose: String
    /// As it stands in the file, and is signed.
    package var expiresAt: String
}

/// The directory into which a private daemon delivers.
package struct Spool: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// The number of the newest message, 0 while there is none.
    package var newest: Int { numbers.last ?? 0 }

    private var numbers: [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.compactMap { $0.hasSuffix(".json") ? Int($0.dropLast(5)) : nil }.sorted()
    }

    /// All messages, oldest first.
    package func messages() throws -> [SpooledMessage] { try numbers.map(message) }

    private func message(_ number: Int) throws -> SpooledMessage {
        let digits = String(number)
        let name = String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".json"
        let data = try Data(contentsOf: URL(fileURLWithPath: path).appendingPathComponent(name))
        return try JSONDecoder().decode(SpooledMessage.self, from: data)
    }

    /// Waits for a message newer than this number.
    package func message(after number: Int) async throws -> SpooledMessage {
        try await eventually("a message after \(number) is delivered") { newest > number }
        return try message(newest)
    }

    /// Waits for a mail with a link that is newer than this number.
    /// - Parameter use: `token` or `notme`, as the link's fragment has it.
    package func newestLink(_ use: String, after number: Int) async throws -> SpooledMessage {
        var found: SpooledMessage?
        try await eventually("a link after \(number) is delivered") {
            found = try numbers.filter { $0 > number }.map { try message($0) }
                .last { $0.link(use) != nil }
            return found != nil
        }
        guard let found else { throw TestError("there is no link") }
        return found
    }

    /// Waits for a code that is newer than this number; notices may come before and after it.
    package func newestCode(after number: Int) async throws -> String {
        var found: String?
        try await eventually("a code after \(number) is delivered") {
            found = try numbers.filter { $0 > number }.compactMap { try message($0).code }.last
            return found != nil
        }
        guard let found else { throw TestError("there is no code") }
        return found
    }
}
