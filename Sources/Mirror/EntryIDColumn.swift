import Foundation
import GRDB
import Identity

extension Row {
    /// An id as the mirror stores it: 16 bytes.
    func entryID(_ column: String) throws -> EntryID {
        guard let bytes: Data = self[column], let id = EntryID(bytes: bytes) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(column) is not an identifier of 16 bytes")
        }
        return id
    }
}
