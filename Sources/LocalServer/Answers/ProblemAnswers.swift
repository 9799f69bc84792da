import Foundation
import HTTPTypes
import Hummingbird
import LocalAPI
import Logging
import SelfService

/// The outermost layer of a socket: every error becomes a problem document, and every answer is counted.
///
/// Only errors that nobody expected are logged, by their type: their text may hold what a caller sent.
struct ProblemAnswers: RouterMiddleware {
    let socket: String
    let table: MethodTable
    let metrics: RequestMetrics
    let logger: Logger

    func handle(
        _ request: Request,
        context: SocketContext,
        next: (Request, SocketContext) async throws -> Response
    ) async throws -> Response {
        let started = ContinuousClock.now
        let response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = refusal(for: error, request: request, context: context).response()
        }
        metrics.count(
            socket: socket,
            route: context.endpointPath ?? "",
            method: request.method,
            status: response.status.code,
            took: .now - started
        )
        return response
    }

    private func refusal(for error: any Error, request: Request, context: SocketContext) -> Refusal {
        switch error {
        case let refusal as Refusal: return refusal
        case let error as ServiceError: return Refusal(error)
        case let error as MalformedRequest:
            return Refusal(.malformedRequest, error.detail, field: error.field)
        case let error as any HTTPResponseError where error.status == .notFound:
            return table.methods(of: request.uri.path).map(Refusal.wrongMethod) ?? .unknownPath
        default:
            logger.error(
                "A request failed for a reason of the daemon's own.",
                metadata: ["route": "\(context.endpointPath ?? "")", "error": "\(type(of: error))"]
            )
            return .internalFailure
        }
    }
}
