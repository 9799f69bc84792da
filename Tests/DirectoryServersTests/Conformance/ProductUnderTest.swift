import LatchkeyTesting

/// The products that the conformance suite runs on. A new one is a case here and a ``DirectoryUnderTest``.
enum ProductUnderTest: String, CaseIterable, Sendable {
    /// `openLDAPThroughFaultProxy` is OpenLDAP behind the proxy that injects faults, which injects none.
    case openLDAP, openLDAPByPolling, openLDAPThroughFaultProxy, directoryServer389, directoryServer389ByPolling
    case samba, sambaByPolling

    /// Those whose entries have the names and classes of RFC 4519, and that limit how many entries an account gets.
    /// Active Directory has its own, and limits pages, in which everything is read there.
    static let standard: [ProductUnderTest] = allCases.filter { ![.samba, .sambaByPolling].contains($0) }

    /// Those that push their changes.
    static let live: [ProductUnderTest] = [.openLDAP, .openLDAPThroughFaultProxy, .directoryServer389, .samba]

    /// Runs the body with a server of its own.
    /// - Parameter sizeLimit: the most entries that one search of the service account returns, if it is ``standard``.
    func run(sizeLimit: Int? = nil, _ body: (any DirectoryUnderTest) async throws -> Void) async throws {
        switch self {
        case .openLDAP, .openLDAPByPolling, .openLDAPThroughFaultProxy:
            let options = SlapdOptions.with {
                $0.hasContentSync = self != .openLDAPByPolling
                $0.sizeLimit = sizeLimit
            }
            try await withSlapd(options) { slapd in
                let proxy = self == .openLDAPThroughFaultProxy ? try LDAPFaultProxy(before: slapd.port) : nil
                try await body(SlapdUnderTest(slapd: slapd, proxy: proxy))
            }
        case .directoryServer389, .directoryServer389ByPolling:
            let options = DirectoryServer389Options.with {
                $0.hasContentSync = self == .directoryServer389
                $0.sizeLimit = sizeLimit
            }
            try await withDirectoryServer389(options) {
                try await body(DirectoryServer389UnderTest(server: $0))
            }
        case .samba, .sambaByPolling:
            try await withSamba { try await body(SambaUnderTest(samba: $0, polls: self == .sambaByPolling)) }
        }
    }
}
