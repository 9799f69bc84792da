import CLDAP
import Glibc

/// The one owner of an `LDAP *`. Not for several threads: its connection's queue uses it alone.
@safe
struct LDAPHandle: ~Copyable {
    private let pointer: OpaquePointer
    let server: LDAPServer
    /// The connected socket; libldap closes it.
    let socket: Int32

    /// The largest message that is read: a group of half a million members.
    private static let messageBytesMax: ber_len_t = 64 << 20
    /// What one read(2) asks for. The default, 16 KiB, costs four times as many.
    private static let readAheadBytes: Int32 = 64 << 10

    /// - Parameter socket: connected; owned by the handle from now on, also if this throws.
    init(adopting socket: Int32, server: LDAPServer) throws(LDAPError) {
        var handle: OpaquePointer?
        let isUnix = if case .ldapi = server.transport { true } else { false }
        let transport = isUnix ? LDAP_PROTO_IPC : LDAP_PROTO_TCP
        LDAPLibrary.begin()
        // ldap_init_fd (openldap.h): takes over a connected socket; on failure it is still the caller's.
        let status = unsafe ldap_init_fd(socket, transport, server.uri, &handle)
        guard status == LDAP_SUCCESS, let handle = unsafe handle else {
            close(socket)
            throw LDAPError(ResultCode(rawValue: status), operation: "connect", server: server.uri)
        }
        unsafe pointer = handle
        self.server = server
        self.socket = socket
        setDefaults()
    }

    /// ldap_unbind_ext(3): sends the unbind, closes the socket and frees the handle, also after an error.
    deinit { unsafe ldap_unbind_ext(pointer, nil, nil) }

    /// Everything that /etc/ldap/ldap.conf or the environment could have set otherwise.
    private func setDefaults() {
        set(LDAP_OPT_PROTOCOL_VERSION, LDAP_VERSION3)
        set(LDAP_OPT_DEREF, LDAP_DEREF_NEVER)
        set(LDAP_OPT_SIZELIMIT, 0)
        set(LDAP_OPT_TIMELIMIT, 0)
        unsafe latchkey_switch_off(pointer, LDAP_OPT_REFERRALS)
        // NULL: no time limit of the library's. SocketGuard and the connection's deadlines stand instead.
        unsafe ldap_set_option(pointer, LDAP_OPT_NETWORK_TIMEOUT, nil)
        unsafe ldap_set_option(pointer, LDAP_OPT_TIMEOUT, nil)
        // The handshake blocks, see SocketGuard. Switched on, 2.5 and 2.6.9 mean different things by it.
        unsafe latchkey_switch_off(pointer, LDAP_OPT_CONNECT_ASYNC)
    }

    @discardableResult
    private func set(_ option: Int32, _ value: Int32) -> Bool {
        var value = value
        return unsafe ldap_set_option(pointer, option, &value) == LDAP_OPT_SUCCESS
    }

    /// The library's last error, in its own words.
    func lastError(_ operation: String, _ status: Int32? = nil) -> LDAPError {
        var code = status ?? LDAP_OTHER
        if status == nil { unsafe ldap_get_option(pointer, LDAP_OPT_RESULT_CODE, &code) }
        var text: UnsafeMutablePointer<CChar>?
        // ldap_get_option(3): the caller frees the diagnostic message with ldap_memfree.
        unsafe ldap_get_option(pointer, LDAP_OPT_DIAGNOSTIC_MESSAGE, &text)
        defer { unsafe ldap_memfree(text) }
        return LDAPError(
            ResultCode(rawValue: code),
            operation: operation,
            server: server.uri,
            diagnostic: unsafe text.map { unsafe String(cString: $0) } ?? ""
        )
    }

    // MARK: TLS

    /// The handshake, blocking; returns only once the peer's certificate is accepted.
    func installTLS(_ options: TLSOptions) throws(LDAPError) {
        let file = options.certificateAuthorities
        guard unsafe access(file, R_OK) == 0 else {
            throw LDAPError(
                .tlsFailure,
                operation: "connect",
                server: server.uri,
                diagnostic: "the CA file \(file) cannot be read"
            )
        }
        let context = prepareTLS(file, LDAP_OPT_X_TLS_HARD)
        var status = context ? unsafe ldap_install_tls(pointer) : LDAP_CONNECT_ERROR
        if status == LDAP_SUCCESS, unsafe ldap_tls_inplace(pointer) != 1 { status = LDAP_LOCAL_ERROR }
        guard status != LDAP_SUCCESS else { return }
        var error = lastError("connect", status)
        error.code = .tlsFailure
        error.diagnostic = "\(context ? error.diagnostic : "no TLS context") (CA file \(file))"
        throw error
    }

    private func prepareTLS(_ file: String, _ demand: Int32) -> Bool {
        unsafe ldap_set_option(pointer, LDAP_OPT_X_TLS_CACERTFILE, file) == LDAP_OPT_SUCCESS
            && set(LDAP_OPT_X_TLS_REQUIRE_CERT, demand)
            && set(LDAP_OPT_X_TLS_PROTOCOL_MIN, 0x0303)
            && set(LDAP_OPT_X_TLS_NEWCTX, 0)
    }

    /// The handshake with whoever is there, blocking, and the certificate that came with it (DER). For nothing else:
    /// the peer is not known.
    func shownCertificate(_ options: TLSOptions) -> [UInt8]? {
        guard prepareTLS(options.certificateAuthorities, LDAP_OPT_X_TLS_ALLOW),
            unsafe ldap_install_tls(pointer) == LDAP_SUCCESS
        else { return nil }
        var value = unsafe berval()
        // ldap_get_option(3): the certificate in DER form; the caller frees its bytes.
        guard unsafe ldap_get_option(pointer, LDAP_OPT_X_TLS_PEERCERT, &value) == LDAP_OPT_SUCCESS,
            let bytes = unsafe value.bv_val
        else { return nil }
        defer { unsafe ldap_memfree(bytes) }
        return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: Int(value.bv_len)))
    }

    /// Asks for StartTLS and waits for the server's consent (RFC 4511, 4.14). Nothing is encrypted yet.
    func requestStartTLS(deadline: ContinuousClock.Instant) throws(LDAPError) {
        var id: Int32 = 0
        let status = unsafe ldap_start_tls(pointer, nil, nil, &id)
        guard status == LDAP_SUCCESS else { throw lastError("StartTLS", status) }
        guard let message = try receive(waiting: deadline.millisecondsFromNow) else {
            throw LDAPError(.timeout, operation: "StartTLS", server: server.uri)
        }
        try OperationResult(of: message, operation: "StartTLS", server: server).requireSuccess()
    }

    /// From here on reads never block and take as much as there is.
    func becomeAsynchronous() throws(LDAPError) {
        SocketFlags.setBlocking(socket, false)
        guard unsafe latchkey_push_read_ahead(pointer, Self.readAheadBytes, Self.messageBytesMax) == 0 else {
            throw LDAPError(.localError, operation: "connect", server: server.uri)
        }
    }

    // MARK: Receiving

    /// The next message, if one is complete; waits for it if asked to.
    func receive(waiting milliseconds: Int32 = 0) throws(LDAPError) -> ServerMessage? {
        var limit = latchkey_time(Int(milliseconds))
        var message: OpaquePointer?
        // ldap_result(3): -1 an error, 0 nothing before the time limit, otherwise a message to be freed.
        // LDAP_MSG_ONE always: over TLS, LDAP_MSG_RECEIVED hands out whole chains.
        let status = unsafe latchkey_result(pointer, &limit, &message)
        guard status >= 0 else { throw lastError("receive") }
        guard status > 0, let message = unsafe message else { return nil }
        defer { unsafe ldap_msgfree(message) }
        return unsafe try copy(message)
    }

    private func copy(_ message: OpaquePointer) throws(LDAPError) -> ServerMessage {
        var content = unsafe berval()
        var rest: ber_len_t = 0
        // ber_skip_element: points into the message and moves behind the protocolOp; the controls remain.
        let element = unsafe ldap_get_message_ber(message)
        let tag = unsafe ber_skip_element(element, &content)
        guard let start = unsafe content.bv_val, tag <= 0xff,
            unsafe ber_get_option(UnsafeMutableRawPointer(element), LBER_OPT_BER_REMAINING_BYTES, &rest)
                == LBER_OPT_SUCCESS
        else { throw LDAPError(.decodingError, operation: "receive", server: server.uri) }
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: Int(content.bv_len + rest))
        return ServerMessage(
            id: unsafe ldap_msgid(message),
            tag: UInt8(truncatingIfNeeded: tag),
            bytes: unsafe Array(bytes),
            operationLength: unsafe Int(content.bv_len)
        )
    }

    // MARK: Sending

    /// Runs one sending call of the library and returns the message's id.
    private func send(
        _ operation: String,
        _ call: (_ handle: OpaquePointer, _ id: inout Int32) -> Int32
    ) throws(LDAPError) -> Int32 {
        var id: Int32 = 0
        let status = unsafe call(pointer, &id)
        guard status == LDAP_SUCCESS, id > 0 else { throw lastError(operation, status) }
        return id
    }

    func sendSimpleBind(_ dn: String, _ password: [UInt8]) throws(LDAPError) -> Int32 {
        var arena = CArena()
        let secret = unsafe arena.value(password)
        let controls = unsafe arena.controls([.passwordPolicy])
        return unsafe try send("bind") { unsafe latchkey_simple_bind($0, dn, secret, controls, &$1) }
    }

    func sendExternalBind(_ authorizationID: String) throws(LDAPError) -> Int32 {
        var arena = CArena()
        // Empty, yet there: without credentials the server would answer with a challenge (RFC 4422, A.1).
        let credentials = unsafe arena.value(Array(authorizationID.utf8))
        return unsafe try send("bind") { unsafe ldap_sasl_bind($0, "", "EXTERNAL", credentials, nil, nil, &$1) }
    }

    func sendSearch(_ request: SearchRequest, _ controls: [RequestControl]) throws(LDAPError) -> Int32 {
        var arena = CArena()
        let attributes = unsafe request.attributes.isEmpty ? nil : arena.strings(request.attributes.map(\.text))
        let controls = unsafe arena.controls(controls)
        // Seconds of -1: the handle's own time limit, which is none.
        var limit = latchkey_time(request.timeLimit > 0 ? Int(request.timeLimit) * 1000 : -1000)
        return unsafe try send("search") {
            unsafe ldap_search_ext(
                $0,
                request.base.text,
                request.scope.rawValue,
                request.filter.text,
                attributes,
                0,
                controls,
                nil,
                &limit,
                request.sizeLimit,
                &$1
            )
        }
    }

    func sendModify(
        _ dn: String,
        _ modifications: [Modification],
        _ controls: [RequestControl]
    ) throws(LDAPError) -> Int32 {
        var arena = CArena()
        let list = unsafe arena.modifications(modifications)
        let controls = unsafe arena.controls(controls)
        return unsafe try send("modify") { unsafe ldap_modify_ext($0, dn, list, controls, nil, &$1) }
    }

    func sendExtended(
        _ oid: String,
        _ value: [UInt8]?,
        _ controls: [RequestControl],
        operation: String
    ) throws(LDAPError) -> Int32 {
        var arena = CArena()
        let value = unsafe value.map { unsafe arena.value($0) }
        let controls = unsafe arena.controls(controls)
        return unsafe try send(operation) { unsafe ldap_extended_operation($0, oid, value, controls, nil, &$1) }
    }

    // MARK: Binding in several steps, see LDAPHandle+SASL

    func prepareSASL() throws(LDAPError) {
        let status = unsafe latchkey_prepare_sasl(pointer)
        guard status == LDAP_OPT_SUCCESS else { throw lastError("bind", LDAP_LOCAL_ERROR) }
    }

    /// ldap_sasl_interactive_bind(3): LDAP_SASL_BIND_IN_PROGRESS while the answer to message `id` is wanted.
    @unsafe func step(
        _ mechanism: String,
        _ answers: inout latchkey_sasl_answers,
        _ previous: OpaquePointer?,
        _ state: inout UnsafePointer<CChar>?,
        _ id: inout Int32
    ) -> Int32 {
        unsafe latchkey_sasl_step(pointer, mechanism, &answers, previous, &state, &id)
    }

    /// The answer to a message, which the caller frees.
    @unsafe func wait(for id: Int32, until deadline: ContinuousClock.Instant) throws(LDAPError) -> OpaquePointer {
        var limit = latchkey_time(Int(deadline.millisecondsFromNow))
        var message: OpaquePointer?
        // ldap_result(3): -1 an error, 0 nothing before the time limit, otherwise a message to be freed.
        let status = unsafe ldap_result(pointer, id, LDAP_MSG_ALL, &limit, &message)
        guard status >= 0 else { throw lastError("bind") }
        guard status > 0, let message = unsafe message else {
            throw LDAPError(.timeout, operation: "bind", server: server.uri)
        }
        return unsafe message
    }

    /// Whether the last request did not fit into the socket's buffer; `receive` goes on sending it.
    var isSending: Bool {
        var code: Int32 = 0
        unsafe ldap_get_option(pointer, LDAP_OPT_RESULT_CODE, &code)
        return code == LDAP_BUSY
    }

    /// Nobody wants the answer any more (RFC 4511, 4.11). There is no reply to it.
    func abandon(_ id: Int32) {
        unsafe ldap_abandon_ext(pointer, id, nil, nil)
    }
}
