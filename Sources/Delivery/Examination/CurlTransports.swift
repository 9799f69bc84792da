import CCurl
import SelfService

extension CurlHandle {
    /// Connects, with TLS and, to a mail server, with greeting and sign-in, and asks for nothing (CURLOPT_CONNECT_ONLY).
    /// - Returns: nil where an option was not taken, and nothing was done.
    mutating func connect() -> CURLcode? {
        set(CURLOPT_CONNECT_ONLY, 1)
        return isSound ? perform() : nil
    }
}

extension SMTPTransport: ExaminableTransport {
    func examine() async throws(TransportError) {
        let settings = settings
        try await BlockingCall.run { () throws(TransportError) in
            guard var handle = CurlHandle(for: settings), let code = handle.connect() else {
                throw Self.unusable(settings)
            }
            guard code == CURLE_OK else {
                throw SMTPFailure(code: code, reply: handle.responseCode, server: settings.server).error
            }
        }
    }
}

extension HTTPTransport: ExaminableTransport {
    func examine() async throws(TransportError) {
        let settings = settings
        try await BlockingCall.run { () throws(TransportError) in
            guard var handle = CurlHandle(for: settings), let code = handle.connect() else { throw Self.unusable }
            guard code == CURLE_OK else { throw HTTPFailure.unreachable(code) }
        }
    }
}
