import CResolver
import Dispatch

/// Asks DNS for SRV records, by the system's resolver (res_nquery(3)).
package struct ServiceLookup: Sendable {
    /// More records than this are not read.
    package static let recordsMax = 32
    private static let answerBytesMax = 16 << 10
    /// The resolver itself waits one second for each name server, twice.
    package static let usualDeadline = Duration.seconds(5)

    /// A name server on 127.0.0.1 to ask instead of the system's: for tests and for a local resolver.
    private let loopbackPort: UInt16

    package init(loopbackPort: UInt16 = 0) { self.loopbackPort = loopbackPort }

    /// - Parameter service: `_ldaps._tcp`, …
    /// - Returns: the records as they came; none where the domain has none.
    /// - Throws: `connectError` when no name server answers, `timeout`, `decodingError`.
    package func records(
        of service: String,
        in domain: ServiceDomain,
        deadline: Duration = usualDeadline
    ) async throws(LDAPError) -> [ServiceRecord] {
        let name = "\(service).\(domain.name)"
        let port = loopbackPort
        return try await BlockingCall.run(
            on: DispatchQueue(label: "latchkey.dns"),
            until: .now + deadline,
            late: Self.error(.timeout, domain, "no name server answered for \(name)")
        ) { () throws(LDAPError) in
            guard let answer = try Self.ask(name, port, domain) else { return [] }
            return try Self.read(answer, domain)
        }
    }

    private static func error(_ code: ResultCode, _ domain: ServiceDomain, _ what: String) -> LDAPError {
        LDAPError(code, operation: "discovery", server: "srv:\(domain)", diagnostic: what)
    }

    private static func ask(
        _ name: String,
        _ port: UInt16,
        _ domain: ServiceDomain
    ) throws(LDAPError) -> [UInt8]? {
        var answer = [UInt8](repeating: 0, count: answerBytesMax)
        var failure: Int32 = 0
        let length = unsafe latchkey_query_service(name, port.bigEndian, &answer, Int32(answer.count), &failure)
        if length >= 0 { return Array(answer.prefix(Int(length))) }
        // netdb.h: the name does not exist, or has no such records.
        if failure == HOST_NOT_FOUND || failure == NO_DATA { return nil }
        throw error(.connectError, domain, "no name server answers for \(name); see /etc/resolv.conf")
    }

    /// Reads the SRV records of a DNS message.
    static func read(_ answer: [UInt8], _ domain: ServiceDomain) throws(LDAPError) -> [ServiceRecord] {
        var records = [latchkey_service_record](repeating: latchkey_service_record(), count: recordsMax)
        let count = unsafe latchkey_read_services(answer, Int32(answer.count), &records, Int32(recordsMax))
        guard count >= 0 else { throw error(.decodingError, domain, "the name server's answer is not valid DNS") }
        return records.prefix(Int(count)).map { record in
            let target = unsafe withUnsafeBytes(of: record.target) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            return ServiceRecord(
                priority: record.priority,
                weight: record.weight,
                port: record.port,
                target: target == "." ? "" : target,
                timeToLive: record.ttl
            )
        }
    }
}
