/// The columns of a person that are texts, with what is derived from them.
enum PersonText: Int, CaseIterable {
    case dn, login, displayName, email, officePhone, mobilePhone, language, state, lock
    case loginKey, emailKey, words, dnKey

    /// The parameter in the statements of ``PersonStatements``.
    var parameter: Int32 {
        switch self {
        case .dn: 3
        case .login: 4
        case .displayName: 5
        case .email: 6
        case .officePhone: 7
        case .mobilePhone: 8
        case .language: 9
        case .state: 10
        case .lock: 11
        case .loginKey: 13
        case .emailKey: 14
        case .words: 15
        case .dnKey: 16
        }
    }
}
