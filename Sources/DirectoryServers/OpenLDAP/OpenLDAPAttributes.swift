import LDAPClient

/// slapd's operational attributes (slapo-ppolicy(5)).
enum OpenLDAPAttributes {
    static let entryUUID: AttributeName = "entryUUID"
    static let entryCSN: AttributeName = "entryCSN"
    static let lockedTime: AttributeName = "pwdAccountLockedTime"
    static let changedTime: AttributeName = "pwdChangedTime"
    static let mustChange: AttributeName = "pwdReset"
    /// A value for each wrong password.
    static let failureTime: AttributeName = "pwdFailureTime"
    static let startTime: AttributeName = "pwdStartTime"
    static let endTime: AttributeName = "pwdEndTime"
    static let policy: AttributeName = "pwdPolicySubentry"
    /// Of the last bind, where slapd keeps it (`lastbind on`).
    static let lastSuccess: AttributeName = "pwdLastSuccess"

    /// What the account's state is computed from.
    static let state = [lockedTime, startTime, endTime, policy]
    /// What a live read adds.
    static let live = state + [entryUUID, entryCSN, changedTime, mustChange, lastSuccess, failureTime]
}
