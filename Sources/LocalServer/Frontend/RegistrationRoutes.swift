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
        routes.on(.put, Routes.Frontend.securityQuestions, handler: setAnswers)
        routes.on(.patch, Routes.Frontend.method, handler: changeMethod)
        routes.on(.delete, Routes.Frontend.method, handler: removeMethod)
        routes.on(.post, Routes.Frontend.confirmations, handler: confirm)
    }

    @Sendable private func show(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .register)
        let view = try await services.registration(token: try request.token(), from: caller)
        return try .json(RegistrationDocument(view))
    }

    @Sendable private func addMethod(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .register)
        let token = try request.token()
        let body = try await request.document(AddMethodRequest.self)
        let added = try await services.addMethod(try body.method(), token: token, from: caller)
        return try .json(AddedMethodDocument(added), status: .created)
    }

    @Sendable private func setAnswers(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .register)
        let token = try request.token()
        let body = try await request.document(SetAnswersRequest.self)
        let view = try await services.setAnswers(try body.answers.checked(), token: token, from: caller)
        return try .json(RegistrationDocument(view))
    }

    @Sendable private func changeMethod(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .register)
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
        let caller = try frontends.caller(context, any: .register)
        let token = try request.token()
        _ = try await request.document(EmptyRequest.self)
        try await services.removeMethod(try context.path("id"), token: token, from: caller)
        return .nothing()
    }

    @Sendable private func confirm(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .register)
        let token = try request.token()
        _ = try await request.document(EmptyRequest.self)
        let view = try await services.confirmRegistration(token: token, from: caller)
        return try .json(RegistrationDocument(view))
    }
}

extension AddMethodRequest {
    /// The kind and the members that go with it; a member of another kind has no place beside them.
    fileprivate func method() throws -> MethodRequest {
        guard let kind = MethodKind(rawValue: kind) else {
            let known = MethodKind.allCases.filter(\.isAddedByPerson).map(\.rawValue).joined(separator: ", ")
            throw ServiceError(
                .invalidValue,
                "Methods of this kind cannot be added. Known are: \(known).",
                field: "kind"
            )
        }
        let given: [(name: String, value: String?)] = [
            ("address", address), ("number", number), ("extension", self.extension), ("publicKey", publicKey),
            ("pushToken", pushToken), ("proof", proof),
        ]
        let wanted = kind.type.members
        if let other = given.first(where: { $0.value != nil && !wanted.contains($0.name) })?.name {
            throw MalformedRequest("The member “\(other)” does not belong to kind \(kind.rawValue).", field: other)
        }
        if let missing = given.first(where: { $0.value == nil && $0.name != "extension" && wanted.contains($0.name) })?
            .name
        {
            throw MalformedRequest("The member “\(missing)” is missing.", field: missing)
        }
        var request = MethodRequest(kind: kind, label: label)
        request.address = address
        request.number = number
        request.numberExtension = self.extension
        request.publicKey = publicKey
        request.pushToken = pushToken
        request.proof = proof
        return request
    }
}
