import GRDB
package import Synchronizer

extension MirrorDatabase: ChangeHistory {
    package func changes(after mark: ChangeMark?) async throws -> ChangePage {
        try await read { db in try ChangeTable(db: db).page(after: mark, rows: ChangeTable.pageRows) }
    }

    package func generations() -> AsyncStream<Void> { announcements.listen(first: (), limit: 1) }
}
