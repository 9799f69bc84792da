import CCurl
import SelfService

/// What a failed transfer means. The server's own words are left out: they often repeat the address.
struct SMTPFailure {
    let code: CURLcode
    /// The last reply of the server, 0 before the first.
    let reply: Int
    let server: SMTPServer

    /// RFC 5321, 4.2.1: 4yz asks to try again, 5yz not to.
    var error: TransportError {
        switch reply {
        case 400..<500: TransportError(isTemporary: true, detail: "the mail server \(server) answered \(reply)")
        case 500..<600: TransportError(isTemporary: false, detail: "the mail server \(server) refused with \(reply)")
        default: TransportError(isTemporary: true, detail: "the mail server \(server) \(cause)")
        }
    }

    private var cause: String {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: "is not known by that name"
        case CURLE_COULDNT_CONNECT: "cannot be reached"
        case CURLE_OPERATION_TIMEDOUT: "did not answer in time"
        case CURLE_USE_SSL_FAILED: "does not offer STARTTLS; set `tls: off` only where nobody can listen"
        case CURLE_PEER_FAILED_VERIFICATION:
            "has a certificate that is not trusted; check the host name and the CA file"
        case CURLE_SSL_CONNECT_ERROR: "could not agree on TLS"
        case CURLE_SSL_CACERT_BADFILE: "cannot be verified: the CA file cannot be read"
        case CURLE_LOGIN_DENIED: "did not accept the user and password"
        default: "broke off (\(unsafe String(cString: latchkey_curl_error(code))))"
        }
    }
}
