import CCurl
import SelfService

/// What an answer, or none, means. The gateway's own words are left out: they may repeat the number or the text.
struct HTTPFailure {
    let code: CURLcode
    /// 0 where there was no answer.
    let status: Int
    /// Seconds that the gateway asks to wait; 0 where it does not.
    let retryAfter: Int

    /// nil where the message was taken (RFC 9110, 15.3).
    var error: TransportError? {
        guard code == CURLE_OK else { return Self.unreachable(code) }
        if (200..<300).contains(status) { return nil }
        return TransportError(
            isTemporary: isTemporary,
            detail: "the gateway \(meaning)",
            retryAfter: retryAfter > 0 ? Double(retryAfter) : nil
        )
    }

    /// What an operator can mend within the message's life, what is meant to pass, and 409: the same key is still at
    /// work. All else is about this message.
    private var isTemporary: Bool {
        switch status {
        case 401, 407, 408, 409, 421, 425, 429: true
        default: status >= 500
        }
    }

    private var meaning: String {
        switch status {
        case 401: "answered 401: check the token under `delivery`"
        case 300..<400: "answered \(status): redirects are not followed, give the final address under `delivery`"
        default: isTemporary ? "answered \(status)" : "refused with \(status)"
        }
    }

    /// It never came to an answer.
    static func unreachable(_ code: CURLcode) -> TransportError {
        TransportError(isTemporary: true, detail: "the gateway \(cause(code))")
    }

    private static func cause(_ code: CURLcode) -> String {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: "is not known by that name"
        case CURLE_COULDNT_CONNECT: "cannot be reached"
        case CURLE_OPERATION_TIMEDOUT: "did not answer in time"
        case CURLE_PEER_FAILED_VERIFICATION:
            "has a certificate that is not trusted; check the host name and the CA file"
        case CURLE_SSL_CONNECT_ERROR: "could not agree on TLS"
        case CURLE_SSL_CACERT_BADFILE: "cannot be verified: the CA file cannot be read"
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT: "has an address that libcurl does not take"
        default: "broke off (\(unsafe String(cString: latchkey_curl_error(code))))"
        }
    }
}
