import Audit
import Identity
import LocalAPI
import SelfService
import Synchronizer

/// What the admin handlers call.
struct AdminServices: Sendable {
    let people: any AdministrationServices
    let mirror: any MirrorReader
    let sync: any SyncControl
    let audit: any AuditLog
    let administrators: Administrators

    func freshness() async -> FreshnessDocument { FreshnessDocument(await sync.freshness()) }

    /// Reads the mirror, once there is something to read.
    func read<Value>(_ body: (any MirrorReader) async throws -> Value) async throws -> Value {
        guard mirror.generation > 0 else {
            throw Refusal.unavailable(.notReady, "There is no complete copy of the directory yet.")
        }
        do {
            return try await body(mirror)
        } catch let error as ServiceError {
            throw error
        } catch let error as MalformedRequest {
            throw error
        } catch is UnknownCursor {
            throw ServiceError.unknownCursor
        } catch {
            throw Refusal.unavailable(.mirrorUnavailable, "The copy of the directory cannot be read now.")
        }
    }

    /// Records what an administrator did. What cannot be recorded is not done.
    func record(
        _ action: AuditAction,
        _ result: AuditResult = .done,
        by peer: PeerCredentials,
        about subject: EntryID? = nil,
        details: [String: String] = [:]
    ) async throws {
        let event = AuditEvent(
            action,
            result,
            by: .administrator(uid: peer.uid),
            about: subject,
            details: details
        )
        do {
            try await audit.append(event)
        } catch {
            throw Refusal.unavailable(.vaultUnavailable, "The audit cannot be written now, so nothing was done.")
        }
    }

    func user(_ user: User, freshness: FreshnessDocument) async throws -> UserDocument {
        let registration = try await people.registrationState(of: user)
        return UserDocument(user, registration: registration?.rawValue, freshness: freshness)
    }

    func users(_ page: [User], freshness: FreshnessDocument) async throws -> [UserDocument] {
        var documents: [UserDocument] = []
        documents.reserveCapacity(page.count)
        for user in page { documents.append(try await self.user(user, freshness: freshness)) }
        return documents
    }
}
