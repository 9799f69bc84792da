import Hummingbird
import LocalAPI
import SelfService
import Synchronizer

/// `/sign-ins` and `/password-checks`.
struct SignInRoutes: Sendable {
    let services: any FrontendServices
    let sync: any SyncControl
    let frontends: Frontends

    func add(to routes: inout RouteList) {
        routes.on(.post, Routes.Frontend.signIns, handler: signIn)
        routes.on(.post, Routes.Frontend.passwordChecks, handler: checkPassword)
    }

    @Sendable private func signIn(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context.peer, any: .signIn)
        let body = try await request.document(SignInRequest.self)
        if body.accessPass != nil {
            throw ServiceError(.invalidValue, "Access passes are not part of this version.", field: "accessPass")
        }
        guard let password = body.password else {
            throw MalformedRequest("The member “password” is missing.", field: "password")
        }
        let result = try await services.signIn(login: body.login, password: Password(password), from: caller)
        let document = SignInDocument(
            token: result.token,
            expiresAt: result.expiresAt,
            user: UserDocument(
                result.user,
                registration: result.registration.state.rawValue,
                freshness: FreshnessDocument(await sync.freshness())
            ),
            registration: RegistrationDocument(result.registration)
        )
        return try .json(document, status: .created)
    }

    @Sendable private func checkPassword(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context.peer, any: .signIn, .register, .reset)
        let token = try request.token()
        let body = try await request.document(PasswordRequest.self)
        let check = try await services.checkPassword(Password(body.password), token: token, from: caller)
        return try .json(CheckDocument(check))
    }
}
