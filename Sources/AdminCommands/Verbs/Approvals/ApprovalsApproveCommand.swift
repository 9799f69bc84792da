import ArgumentParser
import Foundation
import LocalAPI

struct ApprovalsApproveCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "approve",
            abstract: "Approve a request, so that whoever asked can repeat it within 15 minutes.",
            discussion: """
                Examples:
                  latchkeyctl approvals approve 0a1b2c3d
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The request's id, as `approvals list` shows it.")
    var id: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let path = Routes.fill(Routes.Admin.approval, id)
        _ = try await session.show(ApprovalDocument.self, path, method: "POST", body: Data("{}".utf8)) { approval in
            "Approved: uid \(approval.requester) can now repeat the request."
        }
        return .done
    }
}
