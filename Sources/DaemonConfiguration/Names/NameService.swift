/// Tells the numbers of users and groups.
package protocol NameService: Sendable {
    /// nil: there is no such user.
    func uid(ofUser name: String) -> UInt32?
    /// nil: there is no such group.
    func gid(ofGroup name: String) -> UInt32?
}
