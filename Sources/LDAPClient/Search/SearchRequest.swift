/// What to look for (RFC 4511, 4.5.1).
package struct SearchRequest: Sendable {
    package enum Scope: Int32, Sendable {
        case base = 0
        case oneLevel = 1
        case subtree = 2
    }

    package var base: DistinguishedName
    package var scope: Scope
    package var filter: Filter
    /// Empty: all user attributes. `1.1`: none.
    package var attributes: [AttributeName]
    /// The most entries that the server shall send; 0 is without a limit.
    package var sizeLimit: Int32
    /// Seconds that the server may take; 0 is without a limit.
    package var timeLimit: Int32

    package init(
        base: DistinguishedName,
        scope: Scope = .subtree,
        filter: Filter = .present("objectClass"),
        attributes: [AttributeName] = [],
        sizeLimit: Int32 = 0,
        timeLimit: Int32 = 0
    ) {
        self.base = base
        self.scope = scope
        self.filter = filter
        self.attributes = attributes
        self.sizeLimit = max(0, sizeLimit)
        self.timeLimit = max(0, timeLimit)
    }
}
