import ArgumentParser
import Foundation
import LocalAPI
import LocalClient

/// latchkeyctl: reads the command line, performs one verb, and says how it went.
package enum AdminProgram {
    /// - Parameter arguments: without the program's name.
    /// - Returns: the exit code.
    package static func run(_ arguments: [String], on console: Console) async -> Int32 {
        do {
            var command = try Latchkeyctl.parseAsRoot(arguments)
            guard let verb = command as? any Verb else {
                if type(of: command).configuration.subcommands.isEmpty { try command.run() }
                console.errorLine(Latchkeyctl.helpMessage(for: type(of: command), columns: Table.width))
                return ExitStatus.usage.rawValue
            }
            return await perform(verb, on: console).rawValue
        } catch {
            return explain(error, on: console).rawValue
        }
    }

    /// Help is not an error; everything else that the parser throws is one of usage.
    private static func explain(_ error: any Error, on console: Console) -> ExitStatus {
        let message = Latchkeyctl.fullMessage(for: error, columns: Table.width)
        if Latchkeyctl.exitCode(for: error).isSuccess {
            console.line(message)
            return .done
        }
        console.errorLine(message)
        return .usage
    }

    private static func perform(_ verb: any Verb, on console: Console) async -> ExitStatus {
        let path = verb.global.socketPath(environment: console.environment)
        do {
            let client = try await LocalConnection.connect(socketPath: path)
            let status = try await verb.perform(AdminSession(client: client, console: console, json: verb.global.json))
            await client.close()
            return status
        } catch let answer as ProblemAnswer {
            return report(answer, json: verb.global.json, on: console)
        } catch let error as LocalClientError {
            return report(error, on: console)
        } catch {
            console.errorLine("latchkeyctl: \(VisibleText.of(String(describing: error)))")
            return .failed
        }
    }

    private static func report(_ answer: ProblemAnswer, json: Bool, on console: Console) -> ExitStatus {
        let problem = answer.problem
        if json { console.line(String(decoding: answer.body, as: UTF8.self)) }
        console.errorLine("latchkeyctl: \(VisibleText.of(problem.detail))")
        if let seconds = problem.retryAfter { console.errorLine("Try again in \(seconds) s.") }
        return problem.status == 429 || problem.status == 503 ? .tryAgain : .failed
    }

    private static func report(_ error: LocalClientError, on console: Console) -> ExitStatus {
        switch error.code {
        case .timeout:
            console.errorLine("latchkeyctl: \(error)")
            return .tryAgain
        case .malformed, .tooLarge:
            console.errorLine("latchkeyctl: \(error)")
            return .failed
        default:
            console.errorLine("latchkeyctl: The daemon cannot be reached at \(error.socketPath): \(error.detail)")
            console.errorLine("Is latchkeyd running? “latchkeyd --doctor” finds out what is wrong.")
            return .unreachable
        }
    }
}
