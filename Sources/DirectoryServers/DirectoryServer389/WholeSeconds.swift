import LDAPClient

/// 389 Directory Server dates changes with whole seconds. A change within the second of the one before shows in
/// nothing, and so could not be proven: it waits for the next second.
struct WholeSeconds {
    private static let pause = Duration.milliseconds(50)
    /// Pauses: a little more than a second.
    private static let attempts = 24

    /// Returns once a change of the entry will have another time than the last one.
    static func pass(_ entry: SearchEntry, on connection: LDAPConnection) async throws(LDAPError) {
        guard let last = entry.string(DirectoryServer389Attributes.modifiedTime),
            !entry.has(DirectoryServer389Attributes.changeNumber)
        else { return }
        let monitor = try DistinguishedName("cn=monitor")
        for _ in 0..<attempts {
            // The server's own clock; everybody may read it unless that was forbidden.
            let now = try await connection.entry(monitor, attributes: ["currenttime"])?.string("currenttime")
            guard now == last, (try? await Task.sleep(for: pause)) != nil else { return }
        }
    }
}
