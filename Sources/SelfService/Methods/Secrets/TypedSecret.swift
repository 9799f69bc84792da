/// Random secrets that people type: base32, in groups of four, read without regard to case, blanks and hyphens.
package enum TypedSecret {
    package static func random(byteCount: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return Base32.text((0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    package static func grouped(_ text: String) -> String {
        let characters = Array(text)
        return stride(from: 0, to: characters.count, by: 4)
            .map { String(characters[$0..<min($0 + 4, characters.count)]) }.joined(separator: "-")
    }

    /// What was typed, in the form that was hashed.
    package static func canonical(_ typed: String) -> String {
        typed.filter { $0 != "-" && $0 != " " && $0 != "\t" }.uppercased()
    }
}

extension EnrolmentTools {
    /// - Throws: ``ServiceError``: too much is being hashed at the moment.
    func hash(_ secret: String) async throws(ServiceError) -> SecretVerifier {
        do {
            return try await hashing.verifier(of: secret)
        } catch {
            throw ServiceEnvironment.tooMany(ServiceEnvironment.busyPause)
        }
    }
}

extension MethodRequest {
    func required(_ member: KeyPath<MethodRequest, String?>, _ name: String) throws(ServiceError) -> String {
        guard let value = self[keyPath: member] else {
            throw ServiceError(.invalidValue, "The member “\(name)” is missing.", field: name)
        }
        return value
    }
}
