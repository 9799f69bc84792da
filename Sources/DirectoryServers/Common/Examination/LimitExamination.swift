import LDAPClient
import Synchronizer

/// Whether the server lets the service account read everybody. A search that is cut off is no mirror.
struct LimitExamination {
    let server: ExaminedServer
    /// Whether it is asked in pages, which have limits of their own.
    let isPaged: Bool

    private static let patience = Duration.seconds(120)

    func findings() async -> [Finding] {
        var scopes = [("people", server.settings.users.base, server.settings.users.filter)]
        if let roles = server.settings.roles { scopes.append(("roles", roles.base, roles.filter)) }
        var findings: [Finding] = []
        for (name, base, filter) in scopes {
            do throws(LDAPError) {
                _ = try await count(SearchRequest(base: base, filter: filter, attributes: ["1.1"]))
            } catch {
                findings.append(finding(error, name))
            }
        }
        return findings.isEmpty ? [server.finding(.limits, .fine, "the server lets everybody be read")] : findings
    }

    private func count(_ request: SearchRequest) async throws(LDAPError) -> Int {
        var count = 0
        if isPaged {
            var pages = PagedEntries(on: server.connection, request, pageDeadline: Self.patience)
            while let entries = try await pages.next() { count += entries.count }
        } else {
            var batches = try await server.connection.entries(request, deadline: Self.patience).makeAsyncIterator()
            while let batch = try await batches.next(isolation: #isolation) { count += batch.count }
        }
        return count
    }

    private func finding(_ error: LDAPError, _ name: String) -> Finding {
        guard [.sizeLimitExceeded, .timeLimitExceeded, .adminLimitExceeded].contains(error.code) else {
            return server.finding(.limits, .failure, "not all \(name) could be read: \(error)")
        }
        return server.finding(
            .limits,
            .failure,
            "the server does not let all \(name) be read: \(error.code)",
            remedy: "Take the limits on the service account's searches away.",
            server.examination?.limitPastes ?? []
        )
    }
}
