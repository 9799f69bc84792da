import LDAPClient
import Synchronizer

/// Whether the service account could carry the hashes of passwords away.
enum PasswordReading {
    private static let attribute: AttributeName = "userPassword"

    static func isPossible(on server: ExaminedServer) async -> Bool {
        for person in server.people {
            let entry = try? await server.connection.entry(person, attributes: [attribute])
            if entry?.has(attribute) == true { return true }
        }
        return false
    }

    static func finding(
        _ isPossible: Bool,
        _ server: ExaminedServer,
        _ pastes: [Finding.Paste],
        remedy: String
    ) -> Finding {
        guard isPossible else {
            return server.finding(.passwordReading, .fine, "the service account may not read userPassword")
        }
        return server.finding(
            .passwordReading,
            .failure,
            "the service account may read userPassword: whoever gets its password has everybody's hash",
            remedy: remedy,
            pastes
        )
    }
}
