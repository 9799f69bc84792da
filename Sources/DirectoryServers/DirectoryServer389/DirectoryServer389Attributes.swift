import LDAPClient

/// The operational attributes of 389 Directory Server that Latchkey reads.
enum DirectoryServer389Attributes {
    /// The immutable id, and the UUID of its content synchronisation; `entryUUID` is another number.
    static let uniqueID: AttributeName = "nsUniqueId"
    static let disabled: AttributeName = "nsAccountLock"
    static let unlockTime: AttributeName = "accountUnlockTime"
    static let retryCount: AttributeName = "passwordRetryCount"
    /// Of `cn=config`: wrong passwords until an account is locked.
    static let maxFailure: AttributeName = "passwordMaxFailure"
    static let firstChange: AttributeName = "firstChangeNumber"
    static let lastChange: AttributeName = "lastChangeNumber"

    /// What the account's state is computed from.
    static let state = [disabled, unlockTime, retryCount]
}
