import Foundation
package import LocalAPI

extension DaemonFixture {
    /// Runs latchkeyctl as another user of the host, who may connect. Only root can.
    package func control(as uid: UInt32, _ arguments: String...) async throws -> Command.Outcome {
        try await control(as: uid, arguments)
    }

    package func control(as uid: UInt32, _ arguments: [String]) async throws -> Command.Outcome {
        // Where it was built, that user may see nothing.
        let program = folder.path("latchkeyctl")
        if !FileManager.default.fileExists(atPath: program) {
            // By another process: one that was forked here meanwhile would hold the file open (ETXTBSY).
            try await Command("/bin/cp", [try BuiltPrograms.latchkeyctl, program]).check(in: folder.url)
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.adminSocket)
        let group = (attributes[.groupOwnerAccountID] as? NSNumber)?.stringValue ?? "0"
        let become = ["--reuid", "\(uid)", "--regid", group, "--clear-groups", program]
        let all = become + ["--socket", folder.adminSocket] + arguments
        return try await Command("/usr/bin/setpriv", all).run(in: folder.url)
    }

    /// The audit's records of an action, oldest first.
    package func records(of action: String) async throws -> [AuditRecordDocument] {
        try await document(ListDocument<AuditRecordDocument>.self, "audit", "list", "--limit", "1000").items
            .filter { $0.action == action }
    }
}
