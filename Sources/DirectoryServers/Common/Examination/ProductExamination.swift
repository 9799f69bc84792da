import LDAPClient
import Synchronizer

/// What is asked of one product and not of another.
protocol ProductExamination: Sendable {
    /// Clock, rights and policies.
    func findings() async -> [Finding]

    /// What makes the server one that is followed live.
    func followingPastes() async -> [Finding.Paste]

    /// What takes the server's limits on searches away.
    var limitPastes: [Finding.Paste] { get }

    /// Whether people may write an attribute of their own entries that `trustDirectory` believes.
    func trusting(_ attribute: AttributeName) async -> Finding
}

extension ExaminedServer {
    /// Nil for a product that is only read.
    var examination: (any ProductExamination)? {
        switch product {
        case .openLDAP: OpenLDAPExamination(server: self)
        case .directoryServer389: DirectoryServer389Examination(server: self)
        case .activeDirectory: ActiveDirectoryExamination(server: self)
        case .other: nil
        }
    }
}
