import LDAPClient
import Synchronizer

/// Looks at a sample of people and of roles, as the service account may read them.
struct ContentExamination {
    let settings: DirectorySettings
    let connection: LDAPConnection

    /// Entries that are looked at.
    static let sampleSize: Int32 = 50

    func findings() async -> [Finding] {
        let users = settings.users
        if let match = settings.match {
            let wanted = match == users.login ? [] : [match]
            return await sample("users", users.base, users.filter, needed: users.login, wanted: wanted)
        }
        var findings = await sample(
            "users",
            users.base,
            users.filter,
            needed: users.login,
            wanted: [users.displayName, users.email, users.officePhone, users.mobilePhone, users.language]
        )
        if let roles = settings.roles {
            findings += await sample("roles", roles.base, roles.filter, needed: roles.name, wanted: [roles.member])
        }
        return findings
    }

    private func sample(
        _ scope: String,
        _ base: DistinguishedName,
        _ filter: Filter,
        needed: AttributeName,
        wanted: [AttributeName]
    ) async -> [Finding] {
        let subject = "\(connection.server.uri) \(scope)"
        let entries: [SearchEntry]
        do throws(LDAPError) {
            guard try await connection.entry(base, attributes: ["1.1"]) != nil else { return [noBase(subject, base)] }
            entries = try await read(base, filter, ImmutableID.candidates + [needed] + wanted)
        } catch {
            return [Finding(.content, subject, .failure, "\(error)")]
        }
        guard !entries.isEmpty else { return [nothing(subject, base, filter)] }
        var findings: [Finding] = []
        let nameless = entries.filter { !$0.has(needed) }.count
        if nameless > 0 { findings.append(missing(subject, needed, nameless, entries.count)) }
        if !entries.contains(where: hasID) { findings.append(noID(subject)) }
        let unseen = wanted.filter { name in !entries.contains { $0.has(name) } }
        if !unseen.isEmpty { findings.append(unread(subject, unseen, entries.count)) }
        if findings.isEmpty {
            findings = [Finding(.content, subject, .fine, "can be read with every attribute that is mapped")]
        }
        return findings
    }

    /// As many as the sample may have; the server says that there are more, which is no failure.
    private func read(
        _ base: DistinguishedName,
        _ filter: Filter,
        _ attributes: [AttributeName]
    ) async throws(LDAPError) -> [SearchEntry] {
        let request = SearchRequest(base: base, filter: filter, attributes: attributes, sizeLimit: Self.sampleSize)
        var entries: [SearchEntry] = []
        do throws(LDAPError) {
            var batches = try await connection.entries(request).makeAsyncIterator()
            while let batch = try await batches.next(isolation: #isolation) { entries += batch }
        } catch {
            guard error.code == .sizeLimitExceeded, !entries.isEmpty else { throw error }
        }
        return entries
    }

    private func hasID(_ entry: SearchEntry) -> Bool {
        ImmutableID.candidates.contains { entry.has($0) }
    }

    // MARK: What is wrong

    private func noBase(_ subject: String, _ base: DistinguishedName) -> Finding {
        Finding(
            .content,
            subject,
            .failure,
            "the base \(base) does not exist, or the service account may not see it",
            remedy: "Correct the base, or let the service account read it."
        )
    }

    private func nothing(_ subject: String, _ base: DistinguishedName, _ filter: Filter) -> Finding {
        Finding(
            .content,
            subject,
            .failure,
            "no entry below \(base) matches \(filter.text), or the service account may see none",
            remedy: "Try it as the service account: ldapsearch -b \"\(base)\" \"\(filter.text)\""
        )
    }

    private func missing(_ subject: String, _ name: AttributeName, _ count: Int, _ all: Int) -> Finding {
        Finding(
            .content,
            subject,
            .warning,
            "\(count) of the first \(all) entries show no \(name.text) and are passed over",
            remedy: "Map another attribute, narrow the filter, or let the service account read it."
        )
    }

    private func noID(_ subject: String) -> Finding {
        let names = ImmutableID.candidates.map(\.text).joined(separator: ", ")
        return Finding(
            .content,
            subject,
            .failure,
            "no entry shows an immutable id (\(names))",
            remedy: "Let the service account read it: without it a person would not survive a rename."
        )
    }

    private func unread(_ subject: String, _ names: [AttributeName], _ all: Int) -> Finding {
        let list = names.map(\.text).joined(separator: ", ")
        return Finding(
            .content,
            subject,
            .warning,
            "none of the first \(all) entries shows \(list)",
            remedy: "If some have it, let the service account read it, or map another attribute."
        )
    }
}
