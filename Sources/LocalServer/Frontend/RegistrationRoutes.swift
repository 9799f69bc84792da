import Hummingbird
import LocalAPI
import SelfService

/// `/registration`: a person's own methods.
struct RegistrationRoutes: Sendable {
    let services: any FrontendServices
    let frontends: Frontends

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Frontend.registration, handler: show)
        routes.on(.post, Routes.Frontend.methods, handler: addMethod)
        routes.on(.patch, Routes.Frontend.method, handler: changeMethod)
        routes.on(.delete, Routes.Frontend.method, handler: removeMethod)
        routes.on(.post, Routes.Frontend.confirmations, handler: confirm)
    }

    @Sendable private func show(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context.peer, any: .register)
        let view = try await services.registration(token: try request.token(), from: caller)
        return try .json(RegistrationDocument(view))
    }

    @Sendable private func addMethod(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context.peer, any: .register)
        let token = try request.token()
        let body = try await request.document(AddMethodRequest.self)
        let (kind, value) = try body.method()
        let view = try await services.addMethod(kind, value: value, label: body.label, token: token, from: caller)
        return try .json(AddedMethodDocument(method: MethodDocument(view)), status: .created)
    }

    @Sendable private func changeMethod(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context.peer, any: .register)
        let token = try request.token()
        let body = try await request.document(ChangeMethodRequest.self)
        let view = try await services.changeMethod(
            try context.path("id"),
            label: body.label,
            isDefault: body.isDefault,
            token: token,
            from: caller
        )
        return try .json(MethodDocument(view))
    }

    @Sendable private func removeMethod(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context.peer, any: .register)
        let token = try request.token()
        _ = try await request.document(EmptyRequest.self)
        try await services.removeMethod(try context.path("id"), token: token, from: caller)
        return .nothing()
    }

    @Sendable private func confirm(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context.peer, any: .register)
        let token = try request.token()
        _ = try await request.document(EmptyRequest.self)
        let view = try await services.confirmRegistration(token: token, from: caller)
        return try .json(RegistrationDocument(view))
    }
}

extension AddMethodRequest {
    /// The kind and the value that goes with it; a member of another kind has no place beside it.
    fileprivate func method() throws -> (MethodKind, String) {
        guard let kind = MethodKind(rawValue: kind) else {
            let known = MethodKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ServiceError(
                .invalidValue,
                "Methods of this kind cannot be added. Known are: \(known).",
                field: "kind"
            )
        }
        let members = ["address": address, "number": number]
        let wanted = MethodValue.member(of: kind)
        if let other = members.first(where: { $0.key != wanted && $0.value != nil })?.key {
            throw MalformedRequest("The member “\(other)” does not belong to kind \(kind.rawValue).", field: other)
        }
        guard let value = members[wanted] ?? nil else {
            throw MalformedRequest("The member “\(wanted)” is missing.", field: wanted)
        }
        return (kind, value)
    }
}
