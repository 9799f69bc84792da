import Foundation
import LatchkeyTesting

/// One of the services in `etc/policies`: its policies, as they are shipped, under a private daemon of the tests.
enum ExampleService: String {
    case university = "p1-university"
    case wizard = "p2-wizard"
    case forgottenPassword = "p3-forgotten-password"
    case enrolment = "p4-enrolment"
    case cloudSuite = "p5-cloud-suite"

    var options: DaemonOptions {
        get throws {
            let policies = try section("policies")
            var options = DaemonOptions.with {
                $0.policies = policies
                $0.may = "sign-in, register, reset, unlock, app-approval, call-answer"
            }
            switch self {
            case .university, .wizard, .enrolment: break
            case .forgottenPassword:
                options.may = "reset-link, reset"
                options.passwordRules = try section("passwordRules")
                options.sections = "links:\n" + (try section("links"))
            case .cloudSuite:
                options.may += ", reset-link, disclose"
                options.sections = "links:\n" + (try section("links"))
            }
            return options
        }
    }

    /// What stands below a key of the file, without its comments.
    private func section(_ key: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appendingPathComponent("etc/policies/\(rawValue).yaml")
        let lines = try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        guard let start = lines.firstIndex(of: "\(key):") else { throw TestError("\(file.path) has no \(key)") }
        let below = lines[(start + 1)...].prefix { $0.isEmpty || $0.hasPrefix(" ") }
        return below.filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
    }
}
