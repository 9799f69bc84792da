import CCurl
import Foundation
package import Identity
package import SelfService

/// Hands mail to a mail server by SMTP (RFC 5321), one connection for each message.
package struct SMTPTransport: MessageTransport {
    let settings: SMTPSettings
    private let clock: any WallClock

    package init(_ settings: SMTPSettings, clock: any WallClock = SystemWallClock()) {
        self.settings = settings
        self.clock = clock
    }

    /// - Throws: a permanent error for a 5yz reply and for a message that no mail can be made of, else a temporary one.
    package func deliver(_ message: OutgoingMessage, reference: String) async throws(TransportError) {
        let mail = try MailDocument(message, from: settings.from, date: clock.now, identifier: reference)
        let settings = settings
        try await BlockingCall.run { () throws(TransportError) in try Self.send(mail, settings) }
    }

    private static func send(_ mail: MailDocument, _ settings: SMTPSettings) throws(TransportError) {
        guard var handle = CurlHandle(for: settings) else { throw unusable(settings) }
        handle.set(CURLOPT_MAIL_FROM, mail.from.address)
        handle.setRecipient(mail.to.address)
        handle.set(CURLOPT_UPLOAD, 1)
        guard handle.isSound else { throw unusable(settings) }
        let code = handle.upload(mail.bytes)
        guard code == CURLE_OK else {
            throw SMTPFailure(code: code, reply: handle.responseCode, server: settings.server).error
        }
    }

    static func unusable(_ settings: SMTPSettings) -> TransportError {
        TransportError(isTemporary: true, detail: "libcurl does not take the settings for \(settings.server)")
    }
}

extension CurlHandle {
    /// On its way to the mail server, and to nobody else.
    init?(for settings: SMTPSettings) {
        self.init()
        address(settings)
        protect(settings)
    }

    fileprivate mutating func address(_ settings: SMTPSettings) {
        let scheme = settings.tls == .implicit ? "smtps" : "smtp"
        set(CURLOPT_URL, "\(scheme)://\(settings.server)")
        set(CURLOPT_PROTOCOLS_STR, scheme)
        // Neither the environment's proxy nor signals, which belong to the whole process.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, settings.connectTimeout.milliseconds)
        set(CURLOPT_TIMEOUT_MS, settings.totalTimeout.milliseconds)
        guard let credentials = settings.credentials else { return }
        set(CURLOPT_USERNAME, credentials.user)
        set(CURLOPT_PASSWORD, credentials.password)
    }

    /// What a server shows is verified: without that, TLS would protect from nobody. But for `auto` on the
    /// loopback, where clear text is accepted too and mail servers carry certificates that nobody signed.
    fileprivate mutating func protect(_ settings: SMTPSettings) {
        let level: curl_usessl =
            switch settings.tls {
            case .off: CURLUSESSL_NONE
            case .auto where settings.server.isLoopback: CURLUSESSL_TRY
            case .auto, .required, .implicit: CURLUSESSL_ALL
            }
        set(CURLOPT_USE_SSL, Int(level.rawValue))
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        let verifies = settings.tls != .auto || !settings.server.isLoopback || settings.certificateAuthorities != nil
        set(CURLOPT_SSL_VERIFYPEER, verifies ? 1 : 0)
        set(CURLOPT_SSL_VERIFYHOST, verifies ? 2 : 0)
        guard let file = settings.certificateAuthorities else { return }
        set(CURLOPT_CAINFO, file)
        // libcurl would go on trusting the system's directory of CAs beside the file.
        set(CURLOPT_CAPATH, nil)
    }
}
