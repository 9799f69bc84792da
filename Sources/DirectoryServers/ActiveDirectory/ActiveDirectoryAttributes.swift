import LDAPClient

/// Attributes of Active Directory (MS-ADA1 to MS-ADA3).
enum ActiveDirectoryAttributes {
    static let objectGUID: AttributeName = "objectGUID"
    static let objectClass: AttributeName = "objectClass"
    static let objectSid: AttributeName = "objectSid"
    static let name: AttributeName = "name"
    static let parentGUID: AttributeName = "parentGUID"
    static let isDeleted: AttributeName = "isDeleted"
    static let accountControl: AttributeName = "userAccountControl"
    static let lockoutTime: AttributeName = "lockoutTime"
    static let accountExpires: AttributeName = "accountExpires"
    static let primaryGroup: AttributeName = "primaryGroupID"
    static let lockoutDuration: AttributeName = "lockoutDuration"
    static let changeNumber: AttributeName = "uSNChanged"
    static let serviceName: AttributeName = "dsServiceName"
    static let invocation: AttributeName = "invocationId"
    static let highestChangeNumber: AttributeName = "highestCommittedUSN"

    static let passwordSet: AttributeName = "pwdLastSet"
    static let password: AttributeName = "unicodePwd"
    /// Of the domain controller that is asked; it does not replicate.
    static let failureCount: AttributeName = "badPwdCount"
    static let failureTime: AttributeName = "badPasswordTime"
    static let adminCount: AttributeName = "adminCount"
    /// Flags that the server computes at the moment it is asked.
    static let computedControl: AttributeName = "msDS-User-Account-Control-Computed"
    /// The SIDs of all groups that hold the entry, nested and primary ones too; given for one entry at a time.
    static let tokenGroups: AttributeName = "tokenGroups"
    static let resultantPolicy: AttributeName = "msDS-ResultantPSO"

    /// What the account's state is computed from.
    static let state = [accountControl, lockoutTime, accountExpires]
    /// What a live read adds.
    static let live =
        state + [
            computedControl, passwordSet, adminCount, objectSid, primaryGroup, resultantPolicy, failureCount,
            failureTime,
        ]
    /// What says that an entry came, moved or went. DirSync tells of an entry only where a requested attribute
    /// changed.
    static let life = [name, parentGUID, objectClass, isDeleted, objectSid]
}
