import ArgumentParser
import Foundation
import LocalAPI

struct ApprovalsRefuseCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "refuse",
            abstract: "Refuse a request, or take back what you asked for yourself.",
            discussion: """
                Examples:
                  latchkeyctl approvals refuse 0a1b2c3d
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The request's id, as `approvals list` shows it.")
    var id: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let path = Routes.fill(Routes.Admin.approvalRefusal, id)
        _ = try await session.show(ApprovalDocument.self, path, method: "POST", body: Data("{}".utf8)) { _ in
            "Refused."
        }
        return .done
    }
}
