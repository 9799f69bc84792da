import CCurl
import SelfService

extension CurlHandle {
    /// Connects, with TLS and, to a mail server, with greeting and sign-in, and asks for nothing (CURLOPT_CONNECT_ONLY).
    mutating func connect() -> CURLcode {
        set(CURLOPT_CONNECT_ONLY, 1)
        return isSound ? perform() : CURLE_BAD_FUNCTION_ARGUMENT
    }
}

extension SMTPTransport: ExaminableTransport {
    func examine() async throws(TransportError) {
        let settings = settings
        try await BlockingCall.run { () throws(TransportError) in
            guard var handle = CurlHandle(for: settings) else { throw Self.unusable(settings) }
            let code = handle.connect()
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
            guard var handle = CurlHandle(for: settings) else { throw Self.unusable }
            let code = handle.connect()
            guard code == CURLE_OK else { throw HTTPFailure.unreachable(code) }
        }
    }
}
