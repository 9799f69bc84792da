import Foundation
import LatchkeyTesting

/// Two real slapds with the same content and the same ids; the second follows the first.
struct ReplicatedPair: Sendable {
    let first: SlapdFixture
    let second: SlapdFixture

    /// The servers are made, not started.
    init(_ certificate: SlapdOptions.Certificate = .good) async throws {
        first = try await SlapdFixture(.with { $0.certificate = certificate })
        let provider = """
            syncrepl rid=001 provider=\(first.uri) type=refreshAndPersist retry="1 +" bindmethod=simple
              binddn="\(first.administrator)" credentials=\(SlapdFixture.administratorPassword)
              searchbase="\(first.suffix)"
            """
        second = try await SlapdFixture(.with { $0.databaseLines = provider })
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
        isolation: isolated (any Actor)? = #isolation,
        _ body: (ReplicatedPair) async throws -> Value
    ) async throws -> Value {
        let pair = try await ReplicatedPair(certificate)
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

    private func kill() async {
        await first.kill()
        await second.kill()
    }
}
