import Hummingbird
import LocalAPI
import SelfService

/// `/resets`: from "I forgot my password" to the write-back.
struct ResetRoutes: Sendable {
    let services: any FrontendServices
    let frontends: Frontends

    func add(to routes: inout RouteList) {
        routes.on(.post, Routes.Frontend.resets, handler: start)
        routes.on(.get, Routes.Frontend.reset, handler: show)
        routes.on(.put, Routes.Frontend.password, handler: setPassword)
        routes.on(.post, Routes.Frontend.unlock, handler: unlock)
    }

    @Sendable private func start(_ request: Request, _ context: SocketContext) async throws -> Response {
        _ = try frontends.caller(context, any: .reset, .unlock, .resetLink)
        let body = try await request.document(StartResetRequest.self)
        if let token = body.linkToken {
            let caller = try frontends.caller(context, any: .resetLink)
            guard body.login == nil, body.purpose == nil else {
                throw MalformedRequest("“linkToken” stands alone.", field: "linkToken")
            }
            let started = try await services.startReset(linkToken: token, from: caller)
            return try .json(ResetDocument(started.reset, token: started.token), status: .created)
        }
        let (login, purpose) = try body.loginAndPurpose()
        let caller = try frontends.caller(context, any: purpose == .reset ? .reset : .unlock)
        let started = try await services.startReset(login: login, purpose: purpose, from: caller)
        return try .json(ResetDocument(started.reset, token: started.token), status: .created)
    }

    @Sendable private func show(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .reset, .unlock)
        let view = try await services.reset(token: try request.token(), from: caller)
        return try .json(ResetDocument(view))
    }

    @Sendable private func setPassword(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .reset)
        let token = try request.token()
        let body = try await request.document(PasswordRequest.self)
        let outcome = try await services.setPassword(Password(body.password), token: token, from: caller)
        return try .json(try outcome.accepted())
    }

    @Sendable private func unlock(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .unlock)
        let token = try request.token()
        _ = try await request.document(EmptyRequest.self)
        let outcome = try await services.unlock(token: token, from: caller)
        return try .json(try outcome.accepted())
    }
}

extension StartResetRequest {
    fileprivate func loginAndPurpose() throws -> (String, ResetPurpose) {
        guard let login else { throw MalformedRequest("The member “login” is missing.", field: "login") }
        guard let text = purpose else { throw MalformedRequest("The member “purpose” is missing.", field: "purpose") }
        guard let purpose = ResetPurpose(rawValue: text) else {
            throw ServiceError(.invalidValue, "“purpose” must be reset or unlock.", field: "purpose")
        }
        return (login, purpose)
    }
}
