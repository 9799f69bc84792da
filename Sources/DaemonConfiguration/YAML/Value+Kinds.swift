import DirectoryServers
import Foundation
import LDAPClient

/// Values of Latchkey's own kinds.
extension Value {
    private static let pathLengthMax = 4095
    /// `sun_path` of unix(7) less its final zero.
    private static let socketPathLengthMax = 107

    func absolutePath() -> String? {
        guard let text = text() else { return nil }
        guard text.hasPrefix("/") else { return wrong("expected an absolute path, found \(Quotation.of(text))") }
        guard text.utf8.count <= Self.pathLengthMax else { return wrong("the path is too long") }
        return text
    }

    func socketPath() -> String? {
        guard let path = absolutePath() else { return nil }
        guard path.utf8.count <= Self.socketPathLengthMax else {
            return wrong("a socket's path has at most \(Self.socketPathLengthMax) bytes, this one \(path.utf8.count)")
        }
        return path
    }

    /// Never shows the value: it might be the secret itself.
    func secret() -> SecretReference? {
        guard let text = text() else { return nil }
        do throws(SecretError) {
            return try SecretReference(text)
        } catch {
            return wrong(error.reason)
        }
    }

    func filter() -> Filter? { parsed { (text) throws(LDAPError) in try Filter(text) } }
    func attribute() -> AttributeName? { parsed { (text) throws(LDAPError) in try AttributeName(text) } }

    /// A name of an entry, not the empty one.
    func distinguishedName() -> DistinguishedName? {
        parsed { (text) throws(LDAPError) in try DistinguishedName(text) }
    }

    /// A URI, or `srv:DOMAIN`.
    func server() -> ServerSource? {
        parsed { (text) throws(LDAPError) in
            guard text.lowercased().hasPrefix("srv:") else { return .named(try LDAPServer(text)) }
            return .discovered(try ServiceDomain(String(text.dropFirst("srv:".count))))
        }
    }

    private func parsed<T>(_ make: (String) throws(LDAPError) -> T) -> T? {
        guard let text = text() else { return nil }
        do throws(LDAPError) {
            return try make(text)
        } catch {
            return wrong(error.diagnostic)
        }
    }
}
