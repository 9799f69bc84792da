import Foundation
import LatchkeyTesting

/// Two real slapds with the same content and the same ids; the second follows the first.
struct ReplicatedPair: Sendable {
    /// How the second names the first where it is written to.
    enum UpdateReference { case encrypted, clear }

    let first: SlapdFixture
    let second: SlapdFixture

    /// The servers are made, not started.
    /// - Parameters:
    ///   - replicates: whether the second follows the first; otherwise it is a copy that grows old.
    ///   - updateReference: nil: the second takes writes.
    init(
        _ certificate: SlapdOptions.Certificate = .good,
        replicates: Bool = true,
        updateReference: UpdateReference? = nil
    ) async throws {
        first = try await SlapdFixture(.with { $0.certificate = certificate })
        let reference =
            switch updateReference {
            case .encrypted: "updateref \(first.tlsURI)"
            case .clear: "updateref \(first.uri)"
            case nil: ""
            }
        let provider = """
            syncrepl rid=001 provider=\(first.uri) type=refreshAndPersist retry="1 +" bindmethod=simple
              binddn="\(first.administrator)" credentials=\(SlapdFixture.administratorPassword)
              searchbase="\(first.suffix)"
            \(reference)
            """
        second = try await SlapdFixture(
            .with {
                $0.databaseLines = replicates ? provider : ""
                $0.logLevel = replicates ? 0 : 256
            }
        )
        // syncprov writes the contextCSN when it ends; without one, each server would make up its own.
        try await first.start()
        await first.stop()
        let (from, to) = (Self.database(first), Self.database(second))
        try FileManager.default.removeItem(at: to)
        try FileManager.default.copyItem(at: from, to: to)
    }

    private static func database(_ slapd: SlapdFixture) -> URL {
        slapd.directory.appendingPathComponent("db/data.mdb")
    }

    /// Runs the body with both servers started.
    static func with<Value>(
        certificate: SlapdOptions.Certificate = .good,
        updateReference: UpdateReference? = nil,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (ReplicatedPair) async throws -> Value
    ) async throws -> Value {
        let pair = try await ReplicatedPair(certificate, updateReference: updateReference)
        do {
            try await pair.first.start()
            try await pair.second.start()
            let value = try await body(pair)
            await pair.kill()
            return value
        } catch {
            await pair.kill()
            throw error
        }
    }

    func kill() async {
        await first.kill()
        await second.kill()
    }
}
