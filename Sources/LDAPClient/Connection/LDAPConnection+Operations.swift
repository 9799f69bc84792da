extension LDAPConnection {
    /// How long an operation may take unless the caller says otherwise.
    package static let usualDeadline = Duration.seconds(30)

    /// Entries in batches, as they arrive.
    ///
    /// - Parameter deadline: for the whole search; `nil` for none.
    package func entries(
        _ request: SearchRequest,
        deadline: Duration? = usualDeadline
    ) throws(LDAPError) -> SearchBatches {
        let instant = deadline.map { ContinuousClock.now + $0 }
        let stream = try start(request, [], operation: "search", until: instant ?? .now + Self.usualDeadline)
        return SearchBatches(stream: stream, deadline: instant)
    }

    /// All entries of a small search.
    ///
    /// - Parameter entriesMax: more than this is `limitExceeded`, and none are returned.
    package func search(
        _ request: SearchRequest,
        entriesMax: Int = 1000,
        deadline: Duration = usualDeadline
    ) async throws(LDAPError) -> [SearchEntry] {
        var batches = try entries(request, deadline: deadline).makeAsyncIterator()
        var all: [SearchEntry] = []
        while let batch = try await batches.next(isolation: self) {
            all += batch
            guard all.count <= entriesMax else {
                throw LDAPError(
                    .limitExceeded,
                    operation: "search",
                    server: server.uri,
                    diagnostic: "more than \(entriesMax) entries"
                )
            }
        }
        return all
    }

    /// One entry by its name, or `nil` where it does not exist or may not be seen.
    package func entry(
        _ dn: DistinguishedName,
        attributes: [AttributeName] = [],
        deadline: Duration = usualDeadline
    ) async throws(LDAPError) -> SearchEntry? {
        let request = SearchRequest(base: dn, scope: .base, attributes: attributes)
        do throws(LDAPError) {
            return try await search(request, entriesMax: 1, deadline: deadline).first
        } catch {
            guard error.code == .noSuchObject else { throw error }
            return nil
        }
    }

    /// Changes an entry, all or nothing (RFC 4511, 4.6).
    ///
    /// - Parameter hints: asks a domain controller to enforce its policy on a password that is reset.
    /// - Returns: what the password policy says beside the success, if anything.
    @discardableResult
    package func modify(
        _ dn: DistinguishedName,
        _ modifications: [Modification],
        hints: PolicyHints? = nil,
        deadline: Duration = usualDeadline
    ) async throws(LDAPError) -> PasswordPolicyResponse? {
        let instant = ContinuousClock.now + deadline
        let controls = [RequestControl.passwordPolicy] + (hints.map { [$0.control] } ?? [])
        let id = try send("modify", until: instant) { handle throws(LDAPError) in
            try handle.sendModify(dn.text, modifications, controls)
        }
        return try await finish(id, "modify", until: instant).passwordPolicy
    }

    /// Sends an extended operation and returns the value of its response.
    func extended(
        _ oid: String,
        _ value: [UInt8]?,
        controls: [RequestControl] = [],
        operation: String,
        deadline: Duration
    ) async throws(LDAPError) -> OperationResult {
        let instant = ContinuousClock.now + deadline
        let id = try send(operation, until: instant) { handle throws(LDAPError) in
            try handle.sendExtended(oid, value, controls, operation: operation)
        }
        return try await finish(id, operation, until: instant)
    }

    func finish(
        _ id: Int32,
        _ operation: String,
        until deadline: ContinuousClock.Instant
    ) async throws(LDAPError) -> OperationResult {
        let result = try await reply(to: id, operation, until: deadline)
        try result.requireSuccess()
        return result
    }
}
