import Foundation
import Hummingbird
import LocalAPI
import SelfService

/// `/app-approvals` and `/call-answers`: answers that come from a device, and from a voice gateway. They need no
/// token: the device signs, and the gateway is a front end of its own with that capability alone.
struct RemoteAnswerRoutes: Sendable {
    let services: any FrontendServices
    let frontends: Frontends

    func add(to routes: inout RouteList) {
        routes.on(.post, Routes.Frontend.appApprovals, handler: approve)
        routes.on(.post, Routes.Frontend.callAnswers, handler: answerCall)
    }

    @Sendable private func approve(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .appApproval)
        let decision = try await request.document(AppApprovalRequest.self).appDecision()
        try await services.decideApproval(decision, from: caller)
        return .nothing()
    }

    @Sendable private func answerCall(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .callAnswer)
        let body = try await request.document(CallAnswerRequest.self)
        try await services.answerCall(body.callId, digits: body.digits, from: caller)
        return .nothing()
    }
}

extension AppApprovalRequest {
    fileprivate func appDecision() throws -> AppDecision {
        guard let decision = ApprovalDecision(rawValue: decision) else {
            throw ServiceError(.invalidValue, "“decision” must be approve or deny.", field: "decision")
        }
        guard decision == .deny || number != nil else {
            throw ServiceError(.invalidValue, "Nothing is approved without the number on the page.", field: "number")
        }
        guard (number ?? "").utf8.count <= APILimits.number else {
            throw ServiceError(.invalidValue, "This number is too long.", field: "number")
        }
        guard let signature = Data(base64Encoded: signature) else {
            throw ServiceError(.invalidValue, "“signature” must be base64.", field: "signature")
        }
        return AppDecision(
            challengeID: challengeId,
            decision: decision,
            number: decision == .deny ? "" : number ?? "",
            signature: signature
        )
    }
}
