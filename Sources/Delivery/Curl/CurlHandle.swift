import CCurl
import Foundation
import Glibc

/// The one owner of a `CURL *` and of the lists that a transfer reads. For one thread.
@safe
struct CurlHandle: ~Copyable {
    private let pointer: UnsafeMutableRawPointer
    private var recipients: UnsafeMutablePointer<curl_slist>?
    private var headers: UnsafeMutablePointer<curl_slist>?
    /// Whether every option so far was taken. One that was not could be the one that demands TLS.
    private(set) var isSound = true

    /// Nil where the library cannot be loaded, too.
    init?() {
        guard latchkey_curl_load() != 0, let pointer = unsafe latchkey_curl_init() else { return nil }
        unsafe self.pointer = pointer
        unsafe recipients = nil
        unsafe headers = nil
    }

    /// curl_slist_free_all(3): after the handle, which still knows the list.
    deinit {
        unsafe latchkey_curl_cleanup(pointer)
        unsafe latchkey_curl_free(recipients)
        unsafe latchkey_curl_free(headers)
    }

    mutating func set(_ option: CURLoption, _ value: Int) {
        if unsafe latchkey_curl_set_long(pointer, option, value) != CURLE_OK { isSound = false }
    }

    /// - Parameter value: nil takes back libcurl's default.
    mutating func set(_ option: CURLoption, _ value: String?) {
        let status =
            if let value { unsafe latchkey_curl_set_text(pointer, option, value) } else {
                unsafe latchkey_curl_set_text(pointer, option, nil)
            }
        if status != CURLE_OK { isSound = false }
    }

    /// CURLOPT_MAIL_RCPT: the list is not copied.
    mutating func setRecipient(_ address: String) {
        let list = unsafe latchkey_curl_append(recipients, address)
        guard let list = unsafe list else { return isSound = false }
        unsafe recipients = list
        if unsafe latchkey_curl_set_list(pointer, CURLOPT_MAIL_RCPT, list) != CURLE_OK { isSound = false }
    }

    /// CURLOPT_HTTPHEADER: the list is not copied. A line end would begin another header.
    mutating func add(header: String) {
        guard !header.contains(where: \.isNewline) else { return isSound = false }
        let list = unsafe latchkey_curl_append(headers, header)
        guard let list = unsafe list else { return isSound = false }
        unsafe headers = list
        if unsafe latchkey_curl_set_list(pointer, CURLOPT_HTTPHEADER, list) != CURLE_OK { isSound = false }
    }

    /// What is posted. libcurl copies it, and the answer's content is thrown away.
    mutating func post(_ content: String) {
        set(CURLOPT_COPYPOSTFIELDS, content)
        if unsafe latchkey_curl_ignore_content(pointer) != CURLE_OK { isSound = false }
    }

    /// Does it, blocking.
    mutating func perform() -> CURLcode { unsafe latchkey_curl_perform(pointer) }

    /// Seconds that an HTTP answer asks to wait, 0 where it does not.
    var retryAfter: Int { Int(unsafe latchkey_curl_retry_after(pointer)) }

    /// Does it, blocking. libcurl reads the mail by fread(3) from a stream over the bytes.
    mutating func upload(_ content: Data) -> CURLcode {
        var bytes = [UInt8](content)
        return unsafe bytes.withUnsafeMutableBytes { buffer in
            guard let stream = unsafe fmemopen(buffer.baseAddress, buffer.count, "r") else {
                return CURLE_OUT_OF_MEMORY
            }
            defer { unsafe fclose(stream) }
            guard unsafe latchkey_curl_set_input(pointer, stream) == CURLE_OK else {
                return CURLE_BAD_FUNCTION_ARGUMENT
            }
            return unsafe latchkey_curl_perform(pointer)
        }
    }

    /// The server's last reply.
    var responseCode: Int { unsafe latchkey_curl_response_code(pointer) }
}
