import Identity

/// Over whom a capability is held.
package enum Reach: Sendable, Equatable {
    case everybody
    /// Who holds one of these roles, directly or through nesting. Names compare as the directory's do.
    case roles(Set<String>)

    /// Whether somebody with these roles is within it.
    package func includes(roles held: [String]) -> Bool {
        switch self {
        case .everybody: true
        case .roles(let names):
            !Set(names.map { MatchKey($0).text }).isDisjoint(with: held.map { MatchKey($0).text })
        }
    }
}
