package import DirectoryServers
package import LDAPClient

/// An entry of `alsoWrite`: a directory that is written after the mirrored one.
package struct LinkedSettings: Sendable {
    package var name: String
    package var directory: Settings.Directory
    package var users: UserMapping
    /// Holds the login of the mirrored person.
    package var match: AttributeName

    package init(name: String, directory: Settings.Directory, users: UserMapping, match: AttributeName) {
        self.name = name
        self.directory = directory
        self.users = users
        self.match = match
    }
}
