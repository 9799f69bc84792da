import Foundation
import LocalAPI
import LocalClient

/// Shows what happens: a line for each step and each change, or the events' documents as they come.
struct SyncWatch {
    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let path = Routes.query(Routes.Admin.changes, [("kinds", "changes,transitions")])
        try await EventSource(socketPath: session.client.socketPath).follow(path) { event in
            if session.json { session.print(event.data) } else { try show(event, session) }
            return true
        }
        return .done
    }

    private func show(_ event: ServerEvent, _ session: AdminSession) throws {
        for line in try Self.lines(event, socketPath: session.client.socketPath) { session.console.line(line) }
    }

    /// Events of kinds that this version does not know are passed over.
    private static func lines(_ event: ServerEvent, socketPath: String) throws -> [String] {
        do {
            switch event.type {
            case "transition": return [text(try APIJSON.decode(TransitionDocument.self, from: event.data))]
            case "change": return lines(try APIJSON.decode(ChangeDocument.self, from: event.data))
            case "reset":
                let position = try APIJSON.decode(PositionDocument.self, from: event.data)
                return [
                    "\(LocalTime.text(Date()))  generation \(position.generation): more changed than is listed one by one"
                ]
            default: return []
            }
        } catch is DecodingError {
            throw LocalClientError(
                .malformed,
                socketPath: socketPath,
                detail: "An event is not the expected document. Do the versions match?"
            )
        }
    }

    private static func text(_ step: TransitionDocument) -> String {
        "\(LocalTime.text(step.at))  \(step.to): \(VisibleText.of(step.text))"
    }

    private static func lines(_ document: ChangeDocument) -> [String] {
        document.changes.map { change in
            let who = change.name.map { VisibleText.of($0) } ?? change.id
            let time = LocalTime.text(Date())
            return "\(time)  generation \(document.generation): \(change.kind) \(who) \(change.action)"
        }
    }
}
