import Identity
import LDAPClient
import Synchronizer

/// A server that the service account is bound to, and what an examination of its rights and rules needs.
struct ExaminedServer: Sendable {
    let settings: DirectorySettings
    let connection: LDAPConnection
    let root: RootDSE
    let product: DirectoryProduct
    /// The service account's name there, as the server says it; empty where it says none.
    let service: String
    /// What the password policy said beside the success of our bind, if anything.
    let bindResponse: PasswordPolicyResponse?
    /// Accounts on which rights are tried, none of them protected.
    let people: [DistinguishedName]
    let clock: any WallClock

    /// Accounts on which rights are tried: access rules often differ from place to place.
    static let sampleSize: Int32 = 5

    var uri: String { connection.server.uri }

    /// The suffix of the database that holds the people.
    var suffix: String {
        root.namingContexts.filter { context in
            guard let base = try? DistinguishedName(context) else { return false }
            return settings.users.base == base || settings.users.base.isDescendant(of: base)
        }
        .max { $0.count < $1.count } ?? settings.users.base.text
    }

    func finding(
        _ check: Check,
        _ verdict: Finding.Verdict,
        _ text: String,
        remedy: String? = nil,
        _ pastes: [Finding.Paste] = []
    ) -> Finding {
        Finding(check, uri, verdict, text, remedy: remedy, pastes: pastes)
    }

    /// The names of some people, nobody special if that can be: what is protected has other access rules.
    static func people(
        _ settings: DirectorySettings,
        _ product: DirectoryProduct,
        on connection: LDAPConnection
    ) async -> [DistinguishedName] {
        var special: [Filter] = []
        if product == .activeDirectory { special.append(.equal(ActiveDirectoryAttributes.adminCount, "1")) }
        if let protected = settings.users.protectedWhen { special.append(protected) }
        let ordinary = await people(settings, special.map(Filter.not), on: connection)
        // A filter whose attribute the server does not know is true of nobody, and neither is its contrary.
        return ordinary.isEmpty ? await people(settings, [], on: connection) : ordinary
    }

    private static func people(
        _ settings: DirectorySettings,
        _ further: [Filter],
        on connection: LDAPConnection
    ) async -> [DistinguishedName] {
        let request = SearchRequest(
            base: settings.users.base,
            filter: .and([settings.users.filter] + further),
            attributes: ["1.1"],
            sizeLimit: sampleSize
        )
        var found: [SearchEntry] = []
        do throws(LDAPError) {
            var batches = try await connection.entries(request).makeAsyncIterator()
            while let batch = try await batches.next(isolation: #isolation) { found += batch }
        } catch {
            // Mostly that there are more. Where it is worse, others say so: `ContentExamination`.
        }
        return found.compactMap { try? DistinguishedName($0.dn) }
    }
}

extension ExaminedServer {
    /// What it says of a right, tried on each of the people who were picked.
    func tried(_ right: TriedRight, _ attempt: (DistinguishedName) async -> AccessStanding) async -> Finding {
        var standings: [AccessStanding] = []
        for person in people { standings.append(await attempt(person)) }
        return right.finding(standings, self)
    }
}
