import Foundation
import LocalAPI

/// Lists people page by page, each as soon as it is there.
struct UserListing {
    /// The most that the API gives at once.
    static let pageSize = 1000

    let session: AdminSession
    var state: String?
    var search: String?
    /// How many people in all; nil for everybody.
    var limit: Int?

    private static let columns = [
        Table.Column(title: "LOGIN", limit: 14), Table.Column(title: "NAME", limit: 18),
        Table.Column(title: "STATE", limit: 8), Table.Column(title: "REGISTRATION", limit: 12),
        Table.Column(title: "EMAIL", limit: 20),
    ]

    /// - Returns: how many there were.
    func run() async throws -> Int {
        var shown = 0
        var cursor: String?
        var table: Table?
        repeat {
            let size = min(Self.pageSize, (limit ?? .max) - shown)
            let path = Routes.query(
                Routes.Admin.users,
                [("limit", String(size)), ("cursor", cursor), ("search", search), ("state", state)]
            )
            let (page, bytes) = try await session.ask(ListDocument<UserDocument>.self, path)
            if session.json { session.print(bytes) } else { show(page.items, in: &table) }
            shown += page.items.count
            cursor = page.next
        } while cursor != nil && shown < (limit ?? .max)
        return shown
    }

    private func show(_ users: [UserDocument], in table: inout Table?) {
        let rows = users.map { user in
            [user.login, user.displayName ?? "", user.account.state, user.registration, user.email ?? ""]
        }
        if table == nil, !rows.isEmpty {
            let first = Table(Self.columns, sample: rows)
            session.console.line(first.head)
            table = first
        }
        for row in rows { if let table { session.console.line(table.row(row)) } }
    }
}
