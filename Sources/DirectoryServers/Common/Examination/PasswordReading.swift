import LDAPClient
import Synchronizer

/// Whether the service account could carry the hashes of passwords away.
enum PasswordReading {
    private static let attribute: AttributeName = "userPassword"

    /// Granted where one hash is shown, and missing only where every answer showed none.
    static func standing(on server: ExaminedServer) async -> AccessStanding {
        var standing = AccessStanding.missing
        for person in server.people {
            do throws(LDAPError) {
                let entry = try await server.connection.entry(person, attributes: [attribute])
                if entry?.has(attribute) == true { return .granted }
            } catch {
                if error.code != .insufficientAccess { standing = .unknown("\(error)") }
            }
        }
        return standing
    }

    static func finding(
        _ standing: AccessStanding,
        _ server: ExaminedServer,
        _ pastes: [Finding.Paste],
        remedy: String
    ) -> Finding {
        if case .unknown(let text) = standing {
            let reason = "it cannot be told whether the service account may read userPassword: \(text)"
            return server.finding(.passwordReading, .warning, reason)
        }
        guard standing == .granted else {
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
