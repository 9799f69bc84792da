import Foundation
import LDAPClient
import Synchronizer

/// Which database a domain controller has, and how far it has got.
struct ServerClock: Sendable {
    let connection: LDAPConnection
    let invocation: [UInt8]

    /// Reads who the server is.
    init(_ connection: LDAPConnection) async throws {
        self.connection = connection
        let root = try await connection.entry(.root, attributes: [ActiveDirectoryAttributes.serviceName])
        guard let name = root?.string(ActiveDirectoryAttributes.serviceName) else {
            throw Self.unsupported(connection, "the root DSE names no dsServiceName")
        }
        let service = try await connection.entry(
            try DistinguishedName(name),
            attributes: [ActiveDirectoryAttributes.invocation]
        )
        guard let id = service?.octets(ActiveDirectoryAttributes.invocation).first, id.count == 16 else {
            throw Self.unsupported(connection, "the service account cannot read the invocationId of \(name)")
        }
        invocation = id
    }

    private static func unsupported(_ connection: LDAPConnection, _ detail: String) -> FeedError {
        FeedError(.unsupported, server: connection.server.uri, detail: detail)
    }

    func highestChangeNumber() async throws -> UInt64 {
        let attribute = ActiveDirectoryAttributes.highestChangeNumber
        let root = try await connection.entry(.root, attributes: [attribute])
        return root?.string(attribute).flatMap { UInt64($0) } ?? 0
    }

    /// - Throws: ``FeedError`` that asks for a refresh without cookies, where the cookie is of another database or
    ///   of a future that this one has lost.
    func check(_ cookie: ActiveDirectoryCookie, now highest: UInt64) throws(FeedError) {
        guard cookie.invocation == invocation else {
            throw rejection("another domain controller, or a restored one, answers; reading everything again")
        }
        guard cookie.changeNumber <= highest else {
            throw rejection("the domain controller has gone back in time; reading everything again")
        }
    }

    func rejection(_ detail: String) -> FeedError {
        FeedError(.cookieRejected, server: connection.server.uri, detail: detail)
    }
}
