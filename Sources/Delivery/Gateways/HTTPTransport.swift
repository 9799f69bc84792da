import CCurl
import Foundation
package import SelfService

/// Posts each message as JSON to a gateway that sends texts, places calls, pushes to devices, or mails.
///
/// `Idempotency-Key` is the same for each attempt at one message: a gateway that took it before the answer was lost can
/// tell. Nothing is followed anywhere: neither redirects, nor a proxy that the environment names.
package struct HTTPTransport: MessageTransport {
    let settings: HTTPSettings

    package init(_ settings: HTTPSettings) {
        self.settings = settings
    }

    /// - Throws: a permanent error where the gateway refuses the message, a temporary one where trying again can help.
    package func deliver(_ message: OutgoingMessage, reference: String) async throws(TransportError) {
        guard let json = try? MessageDocument(message, idempotencyKey: reference).json() else {
            throw TransportError(isTemporary: false, detail: "the message cannot be written as JSON")
        }
        let (settings, body) = (settings, String(decoding: json, as: UTF8.self))
        try await BlockingCall.run { () throws(TransportError) in try Self.post(body, reference, settings) }
    }

    private static func post(
        _ body: String,
        _ reference: String,
        _ settings: HTTPSettings
    ) throws(TransportError) {
        guard var handle = CurlHandle(for: settings) else { throw unusable }
        handle.add(header: "Content-Type: application/json")
        handle.add(header: "Accept: */*")
        handle.add(header: "Idempotency-Key: \(reference)")
        if let token = settings.token { handle.add(header: "Authorization: Bearer \(token)") }
        handle.post(body)
        guard handle.isSound else { throw unusable }
        let code = handle.perform()
        let failure = HTTPFailure(code: code, status: handle.responseCode, retryAfter: handle.retryAfter)
        if let error = failure.error { throw error }
    }

    static let unusable = TransportError(
        isTemporary: true,
        detail: "libcurl does not take the settings for the gateway"
    )
}

extension CurlHandle {
    /// On its way to the gateway, and to nobody else.
    init?(for settings: HTTPSettings) {
        self.init()
        address(settings)
        protect(settings)
    }

    fileprivate mutating func address(_ settings: HTTPSettings) {
        set(CURLOPT_URL, settings.url)
        set(CURLOPT_PROTOCOLS_STR, settings.url.lowercased().hasPrefix("https:") ? "https" : "http")
        set(CURLOPT_FOLLOWLOCATION, 0)
        // Neither the environment's proxy nor signals, which belong to the whole process.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_USERAGENT, "latchkey")
        set(CURLOPT_CONNECTTIMEOUT_MS, settings.connectTimeout.milliseconds)
        set(CURLOPT_TIMEOUT_MS, settings.totalTimeout.milliseconds)
    }

    fileprivate mutating func protect(_ settings: HTTPSettings) {
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        guard let file = settings.certificateAuthorities else { return }
        set(CURLOPT_CAINFO, file)
        // libcurl would go on trusting the system's directory of CAs beside the file.
        set(CURLOPT_CAPATH, nil)
    }
}
