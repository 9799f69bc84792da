import LDAPClient
import LatchkeyTesting

/// What a content synchronisation has said so far, one message at a time.
struct Followed {
    private var batches: SyncBatches.Iterator
    private var pending: [SyncMessage] = []

    init(_ connection: LDAPConnection, _ request: SyncSearchRequest) async throws {
        batches = try await connection.sync(request).makeAsyncIterator()
    }

    /// - Returns: `nil` once the search has ended with success.
    mutating func next() async throws -> SyncMessage? {
        while pending.isEmpty {
            guard let batch = try await batches.next() else { return nil }
            pending = batch
        }
        return pending.removeFirst()
    }

    /// Everything up to the end of the refresh, or of the search.
    mutating func refresh() async throws -> Refresh {
        var refresh = Refresh()
        while let message = try await next() {
            if refresh.take(message) { break }
        }
        return refresh
    }

    /// The next entry of the persist phase.
    mutating func nextEntry() async throws -> SyncEntry {
        while let message = try await next() {
            if case .entry(let entry) = message { return entry }
        }
        throw TestError("the search has ended")
    }
}

/// What one refresh said.
struct Refresh {
    var entries: [SyncEntry] = []
    var present: [SyncUUID] = []
    var deleted: [SyncUUID] = []
    var cookie: [UInt8]?
    /// Whether it ended with a delete phase.
    var deletes = false

    var logins: Set<String> { Set(entries.compactMap { $0.entry.string("uid") }) }

    /// - Returns: whether this ends it.
    mutating func take(_ message: SyncMessage) -> Bool {
        switch message {
        case .entry(let entry): entries.append(entry)
        case .idSet(_, let refreshDeletes, let ids):
            refreshDeletes ? deleted.append(contentsOf: ids) : present.append(contentsOf: ids)
        case .newCookie, .reference: break
        case .refreshDelete(let cookie, let done):
            deletes = true
            self.cookie = cookie ?? self.cookie
            return done
        case .refreshPresent(let cookie, let done):
            self.cookie = cookie ?? self.cookie
            return done
        case .done(let cookie, let refreshDeletes):
            deletes = refreshDeletes
            self.cookie = cookie ?? self.cookie
            return true
        }
        return false
    }
}
