package import Identity

/// The port to the mirror, for finding whom somebody means.
package protocol PeopleDirectory: Sendable {
    /// The living person of that login.
    func person(login: String) async throws -> User?
    /// The living person of that id.
    func person(id: EntryID) async throws -> User?
    /// The living people whose directory entry has that mail address.
    func people(email: String) async throws -> [User]
}
