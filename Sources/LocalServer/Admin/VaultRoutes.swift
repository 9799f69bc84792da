import Audit
import Hummingbird
import Identity
import LocalAPI
import SelfService
import Synchronizer

/// `/vault`: backups and keys, and one person's data as a whole. All of it needs the capability `vault`. The vault
/// audits these itself.
struct VaultRoutes: Sendable {
    let services: AdminServices
    let vault: any VaultAdministration

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Admin.vaultKeys, handler: keys)
        routes.on(.post, Routes.Admin.vaultRotations, handler: rotate)
        routes.on(.post, Routes.Admin.vaultBackups, handler: backUp)
        routes.on(.post, Routes.Admin.userExports, handler: export)
        routes.on(.post, Routes.Admin.userErasures, handler: erase)
    }

    @Sendable private func keys(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.vault, of: context.peer)
        return try .json(VaultKeysDocument(try await asked { try await $0.keyStatus() }))
    }

    @Sendable private func rotate(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.vault, of: context.peer)
        _ = try await request.document(EmptyRequest.self)
        guard try await asked({ try await $0.rotateKeys(by: context.actor) }) else {
            throw ServiceError(.conflict, "A rotation is under way already. Its end shows in the status of the keys.")
        }
        return try .json(VaultKeysDocument(try await asked { try await $0.keyStatus() }), status: .accepted)
    }

    @Sendable private func backUp(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.vault, of: context.peer)
        let directory = try await request.document(BackupRequest.self).directory
        guard directory.hasPrefix("/"), directory.utf8.count <= APILimits.directory, !directory.utf8.contains(0) else {
            throw ServiceError(.invalidValue, "Give the absolute path of a directory.", field: "directory")
        }
        do {
            let report = try await asked { try await $0.backUp(to: directory, by: context.actor) }
            return try .json(BackupDocument(report), status: .created)
        } catch let refusal as BackupRefusal {
            throw ServiceError(.invalidValue, refusal.detail, field: "directory")
        }
    }

    @Sendable private func export(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.vault, of: context.peer)
        let (person, reason) = try await personAndReason(request, context)
        let export = try await asked { try await $0.export(person, reason: reason, by: context.actor) }
        return try .json(PersonExportDocument(export))
    }

    @Sendable private func erase(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.vault, of: context.peer)
        let (person, reason) = try await personAndReason(request, context)
        guard let report = try await asked({ try await $0.erase(person, reason: reason, by: context.actor) }) else {
            throw ServiceError(
                .conflict,
                "What became of a write to the person's entry is not known yet. Try again in a minute.",
                retryAfter: 60
            )
        }
        return try .json(
            ErasureDocument(id: person.description, methods: report.methods, audit: report.hadAuditRecords)
        )
    }

    // MARK: Whom, and why

    private func personAndReason(_ request: Request, _ context: SocketContext) async throws -> (EntryID, String) {
        let login = try context.path("login")
        let reason = try await request.document(PersonalDataRequest.self).reason
        guard reason.contains(where: { !$0.isWhitespace }), reason.utf8.count <= APILimits.reason else {
            throw ServiceError(
                .invalidValue,
                "Say why, in at most \(APILimits.reason) bytes: the reason goes into the audit.",
                field: "reason"
            )
        }
        try await services.refuseOneself(login: login, peer: context.peer)
        return (try await person(login, context.peer), reason)
    }

    /// The directory's id serves for people whom it does not have any more.
    private func person(_ login: String, _ peer: PeerCredentials) async throws -> EntryID {
        if let user = try await services.read({ try await $0.user(login: login) }) { return user.id }
        guard let id = EntryID(login) else {
            throw Refusal.notFound("Nobody living bears this login. Somebody who is gone has the directory's id.")
        }
        if let user = try await services.read({ try await $0.user(id: id) }) {
            try await services.refuseOneself(login: user.login, peer: peer)
        }
        return id
    }

    private func asked<Value>(_ body: (any VaultAdministration) async throws -> Value) async throws -> Value {
        do {
            return try await body(vault)
        } catch let refusal as BackupRefusal {
            throw refusal
        } catch {
            throw Refusal.unavailable(.vaultUnavailable, "The vault cannot do this now. The daemon's log says more.")
        }
    }
}
