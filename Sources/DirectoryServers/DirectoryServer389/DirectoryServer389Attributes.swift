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

    static let policy: AttributeName = "pwdpolicysubentry"
    static let mustChange: AttributeName = "pwdReset"
    static let expires: AttributeName = "passwordExpirationTime"
    /// Of the password (`passwordTrackUpdateTime`).
    static let changedTime: AttributeName = "pwdUpdateTime"
    /// Of the entry, where the plugin USN counts.
    static let changeNumber: AttributeName = "entryusn"
    static let modifiedTime: AttributeName = "modifyTimestamp"
    /// Of the plugin Account Policy.
    static let accountPolicy: AttributeName = "acctPolicySubentry"
    static let lastLogin: AttributeName = "lastLoginTime"
    static let idleLimit: AttributeName = "accountInactivityLimit"

    /// What the account's state is computed from.
    static let state = [disabled, unlockTime, retryCount]
    /// What a live read adds.
    static let live =
        state + [policy, mustChange, expires, changedTime, changeNumber, modifiedTime, accountPolicy, lastLogin]
}
