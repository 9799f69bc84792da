/// Groups and accounts that Active Directory protects from delegated administration (MS-ADTS, 3.1.1.6.1.2).
extension SecurityIdentifier {
    /// The last numbers of those that each domain has: Administrator, krbtgt, Domain Admins, Domain Controllers, Schema
    /// Admins, Enterprise Admins, Read-only Domain Controllers, Key Admins, Enterprise Key Admins.
    private static let ofDomains: Set<UInt32> = [500, 502, 512, 516, 518, 519, 521, 526, 527]
    /// In the domain BUILTIN: Administrators, Account Operators, Server Operators, Print Operators, Backup Operators,
    /// Replicator.
    private static let builtIn: Set<UInt32> = [544, 548, 549, 550, 551, 552]

    /// S-1-5-32-…: revision, two numbers, the authority 5, the number 32.
    private static let builtInHead: [UInt8] = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0]
    /// S-1-5-21-…: five numbers.
    private static let domainHead: [UInt8] = [1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0]

    var isPrivileged: Bool {
        if bytes.starts(with: Self.builtInHead) { return Self.builtIn.contains(relative) }
        return bytes.starts(with: Self.domainHead) && Self.ofDomains.contains(relative)
    }
}
