import Hummingbird
import LocalAPI
import SelfService
import Synchronizer

/// `/examinations`: a POST examines directory servers and host now, for `latchkeyctl doctor`.
struct ExaminationRoutes: Sendable {
    let services: AdminServices
    let examination: any Examination

    func add(to routes: inout RouteList) {
        routes.on(.post, Routes.Admin.examinations, handler: examine)
    }

    @Sendable private func examine(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.sync, of: context.peer)
        let findings = await examination.examine().map { finding in
            ExaminationDocument.Finding(
                check: finding.check.rawValue,
                subject: finding.subject,
                verdict: finding.verdict.rawValue,
                text: finding.text,
                remedy: finding.remedy,
                paste: finding.pastes.map { ExaminationDocument.Paste(place: $0.place, text: $0.text) }
            )
        }
        return try .json(ExaminationDocument(findings: findings))
    }
}
