import Audit
import Hummingbird
import LocalAPI
import SelfService

/// What can be seen and done of one person beside their entry. The services audit these themselves, and decide about
/// whom the administrator may ask.
struct PersonRoutes: Sendable {
    let services: AdminServices

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Admin.explanation, handler: explain)
        routes.on(.post, Routes.Admin.unlocks, handler: unlock)
        routes.on(.post, Routes.Admin.userResetLinks, handler: sendReset)
        routes.on(.post, Routes.Admin.userPasses, handler: issuePass)
        routes.on(.post, Routes.Admin.userRevocations, handler: revokePass)
        routes.on(.get, Routes.Admin.userLimits, handler: limits)
        routes.on(.post, Routes.Admin.userLimitClearings, handler: clearLimits)
        routes.on(.get, Routes.Admin.freezes, handler: frozen)
        routes.on(.post, Routes.Admin.userFreezes, handler: freeze)
        routes.on(.post, Routes.Admin.userFreezeLiftings, handler: lift)
    }

    @Sendable private func explain(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.lookUp, of: context.peer)
        let explanation = try await services.people.explain(login: try context.path("login"), by: administrator)
        return try .json(ExplanationDocument(explanation, freshness: await services.freshness()))
    }

    @Sendable private func unlock(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.unlock, of: context.peer)
        let login = try context.path("login")
        let reason = try await request.document(UnlockRequest.self).reason
        let outcome = try await services.people.unlock(login: login, reason: reason, by: administrator)
        return try .json(try outcome.accepted())
    }

    @Sendable private func sendReset(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.sendReset, of: context.peer)
        let login = try context.path("login")
        let reason = try await request.document(ReasonRequest.self).reason
        let outcome = try await services.people.sendReset(to: login, reason: reason, by: administrator)
        return try .outcome(outcome, login: login) { ChangedDocument(changed: $0) }
    }

    // MARK: Passes

    @Sendable private func issuePass(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.issuePass, of: context.peer)
        let login = try context.path("login")
        let body = try await request.document(IssuePassRequest.self)
        let outcome = try await services.people.issuePass(
            to: login,
            lifetime: body.lifetime.map(Double.init),
            reason: body.reason,
            by: administrator
        )
        return try .outcome(outcome, login: login, status: .created) {
            PassDocument(pass: $0.pass, expiresAt: $0.expiresAt)
        }
    }

    @Sendable private func revokePass(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.issuePass, of: context.peer)
        let login = try context.path("login")
        let reason = try await request.document(ReasonRequest.self).reason
        let outcome = try await services.people.revokePass(of: login, reason: reason, by: administrator)
        return try .outcome(outcome, login: login) { ChangedDocument(changed: $0) }
    }

    // MARK: Limits

    @Sendable private func limits(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.lookUp, of: context.peer)
        let login = try context.path("login")
        let items = try await services.people.countedLimits(of: login, by: administrator).map {
            CountedLimitDocument(
                what: $0.what.rawValue,
                methodId: $0.methodID,
                count: $0.count,
                limit: $0.limit,
                until: $0.until
            )
        }
        return try .json(ListDocument(items: items, next: nil, freshness: await services.freshness()))
    }

    @Sendable private func clearLimits(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.unlock, of: context.peer)
        let login = try context.path("login")
        let reason = try await request.document(ReasonRequest.self).reason
        let outcome = try await services.people.clearLimits(of: login, reason: reason, by: administrator)
        return try .outcome(outcome, login: login) { ChangedDocument(changed: $0) }
    }

    // MARK: Freezes

    @Sendable private func frozen(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.lookUp, of: context.peer)
        let items = try await services.people.frozenPeople(by: administrator).map {
            FrozenDocument(login: $0.login, since: $0.since)
        }
        return try .json(ListDocument(items: items, next: nil, freshness: await services.freshness()))
    }

    @Sendable private func freeze(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.release, of: context.peer)
        let login = try context.path("login")
        let reason = try await request.document(ReasonRequest.self).reason
        let outcome = try await services.people.freeze(login: login, reason: reason, by: administrator)
        return try .outcome(outcome, login: login) { ChangedDocument(changed: $0) }
    }

    @Sendable private func lift(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.release, of: context.peer)
        let login = try context.path("login")
        let reason = try await request.document(ReasonRequest.self).reason
        let outcome = try await services.people.liftFreeze(login: login, reason: reason, by: administrator)
        return try .outcome(outcome, login: login) { ChangedDocument(changed: $0) }
    }
}
