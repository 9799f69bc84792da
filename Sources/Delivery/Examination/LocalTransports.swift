import Foundation
import SelfService

extension CommandTransport: ExaminableTransport {
    /// It is not run: it would have to be given a message.
    func examine() async throws(TransportError) {
        guard FileManager.default.isExecutableFile(atPath: command[0]) else {
            throw TransportError(isTemporary: true, detail: "the command \(command[0]) is no file that can be executed")
        }
    }
}

extension SpoolTransport: ExaminableTransport {
    /// It is made at the first message.
    func examine() async throws(TransportError) {
        var isDirectory: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: directory.path, isDirectory: &isDirectory) else { return }
        if isDirectory.boolValue, FileManager.default.isWritableFile(atPath: directory.path) { return }
        throw TransportError(isTemporary: true, detail: "the spool \(directory.path) cannot be written")
    }
}
