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
        let caller = try frontends.caller(context, any: .signIn)
        let body = try await request.document(SignInRequest.self)
        let result = try await signIn(body, from: caller)
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

    /// With a password, or with a pass in its place.
    private func signIn(_ body: SignInRequest, from caller: Caller) async throws -> SignInResult {
        switch (body.password, body.accessPass) {
        case (let password?, nil):
            return try await services.signIn(login: body.login, password: Password(password), from: caller)
        case (nil, let pass?):
            return try await services.signIn(login: body.login, accessPass: pass, from: caller)
        case (nil, nil): throw MalformedRequest("The member “password” is missing.", field: "password")
        default: throw MalformedRequest("“password” and “accessPass” exclude each other.", field: "accessPass")
        }
    }

    @Sendable private func checkPassword(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .signIn, .register, .reset)
        let token = try request.token()
        let body = try await request.document(PasswordRequest.self)
        let check = try await services.checkPassword(Password(body.password), token: token, from: caller)
        return try .json(CheckDocument(check))
    }
}
