/// What a configuration may do although a standard asks for something else. Each is a warning that gives the numbers;
/// SECURITY.md has the list.
///
/// NIST is SP 800-63B-4, ASVS is OWASP ASVS 5.0.
enum Departure: CaseIterable {
    case securityQuestions, mailAlone, oneGate, phoneOnly, pressOnly, oneAddress, trustedDirectory, longCodes
    case shortPasswords, cappedPasswords, composition, noBlocklist, disclosure

    var numbers: String {
        switch self {
        case .securityQuestions: "NIST SP 800-63B-4 3.1.1.2, ASVS 6.4.2"
        case .mailAlone: "NIST SP 800-63B-4 4.2.2, ASVS 6.4.3"
        case .oneGate: "NIST SP 800-63B-4 4.2.2"
        case .phoneOnly: "NIST SP 800-63B-4 3.1.3.3, ASVS 6.6.1"
        case .pressOnly: "NIST SP 800-63B-4 3.1.3, ASVS 6.6.4"
        case .oneAddress: "NIST SP 800-63B-4 4.2.1.2"
        case .trustedDirectory: "NIST SP 800-63B-4 4.2.1.2, ASVS 6.6.1"
        case .longCodes: "NIST SP 800-63B-4 4.2.1.2, ASVS 6.5.5"
        case .shortPasswords: "NIST SP 800-63B-4 3.1.1.2, ASVS 6.2.1"
        case .cappedPasswords: "NIST SP 800-63B-4 3.1.1.2, ASVS 6.2.9"
        case .composition: "NIST SP 800-63B-4 3.1.1.2, ASVS 6.2.5"
        case .noBlocklist: "NIST SP 800-63B-4 3.1.1.2, ASVS 6.2.4"
        case .disclosure: "ASVS 6.3.8"
        }
    }
}

extension Value {
    /// Warns of a departure, its numbers behind the first part.
    func warn(_ what: String, _ departure: Departure, do advice: String) {
        warn("\(what) (\(departure.numbers)): \(advice)")
    }
}
