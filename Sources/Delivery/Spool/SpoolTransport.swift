import Foundation
package import SelfService

/// Writes each message as one JSON file into a directory, for demonstrations and tests.
///
/// A file is written aside, synced, and only then gets its name `NNNNNN.json`: whoever sees it sees all of it.
package struct SpoolTransport: MessageTransport {
    let directory: SpoolDirectory

    /// - Parameter directory: made with mode 0700 at the first message where it is missing.
    package init(directory: String) {
        self.directory = SpoolDirectory(path: directory)
    }

    /// - Throws: a temporary error where the directory cannot be written: an operator can free or open it.
    package func deliver(_ message: OutgoingMessage, reference: String) async throws(TransportError) {
        let directory = directory
        try await BlockingCall.run { () throws(TransportError) in
            guard let json = try? MessageDocument(message).json() else {
                throw TransportError(isTemporary: false, detail: "the message cannot be written as JSON")
            }
            try directory.add(json)
        }
    }
}
