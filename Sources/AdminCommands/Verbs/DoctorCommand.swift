import ArgumentParser
import LocalAPI

struct DoctorCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "doctor",
            abstract: "Look at every directory server as the daemon uses it, and say what is wrong.",
            discussion: """
                Connects and binds to each server, says how it would be followed and why, and reads a sample of \
                people and roles. Nothing is changed. The exit code is 1 where something fails.

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
        document.findings.map { finding in
            var facts = Facts()
            facts.add(finding.verdict, "\(finding.subject): \(finding.text)")
            if let remedy = finding.remedy { facts.add("", remedy) }
            return facts.text
        }.joined(separator: "\n")
    }
}
