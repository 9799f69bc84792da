import ArgumentParser
import LocalAPI

struct DoctorCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "doctor",
            abstract: "Look at every directory server as the daemon uses it, and at this host, and say what is wrong.",
            discussion: """
                Connects and binds to each server, says how it would be followed and why, and tries what may be read \
                and written; then looks at secrets, the vault's key, front ends and gateways. Nothing is changed: \
                each write that is tried is one that no server can carry out. Where something is missing, the text \
                to paste stands below it. The exit code is 1 where something fails.

                Where the daemon does not run: latchkeyd --doctor --config /etc/latchkey/latchkey.yaml

                Examples:
                  latchkeyctl doctor
                  latchkeyctl --json doctor
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let document = try await session.show(
            ExaminationDocument.self,
            Routes.Admin.examinations,
            method: "POST",
            as: Self.text
        )
        return document.findings.contains { $0.verdict == "failure" } ? .failed : .done
    }

    private static func text(_ document: ExaminationDocument) -> String {
        document.findings.map(text).joined(separator: "\n")
    }

    private static func text(_ finding: ExaminationDocument.Finding) -> String {
        var facts = Facts()
        facts.add(finding.verdict, "\(finding.check): \(finding.subject): \(finding.text)")
        if let remedy = finding.remedy { facts.add("", remedy) }
        return ([facts.text] + finding.paste.map(text)).joined(separator: "\n")
    }

    /// Its lines as they are: whoever pastes them must not have to join any.
    private static func text(_ paste: ExaminationDocument.Paste) -> String {
        let lines = ["# \(paste.place):"] + paste.text.split(separator: "\n").map(String.init)
        return lines.map { "    " + VisibleText.of($0) }.joined(separator: "\n")
    }
}
