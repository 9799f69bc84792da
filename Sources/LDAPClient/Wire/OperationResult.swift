/// The end of an operation (RFC 4511, 4.1.9).
struct OperationResult: Sendable, Equatable {
    var code: ResultCode
    var matchedDN: String
    var diagnostic: String
    /// The value of an extended response (RFC 4511, 4.12).
    var extendedValue: [UInt8]?
    var passwordPolicy: PasswordPolicyResponse?
    /// URIs of servers that would do it (RFC 4511, 4.1.10).
    var referrals: [String] = []
    var operation = ""
    var server = ""

    init(_ message: ServerMessage) throws(BERError) {
        var reader = message.operation
        let number = try reader.nextInteger(BERTag.enumerated)
        guard let code = Int32(exactly: number), code >= 0 else { throw BERError() }
        self.code = ResultCode(rawValue: code)
        matchedDN = try reader.nextString()
        diagnostic = try reader.nextString()
        while !reader.isAtEnd {
            let element = try reader.next()
            if element.tag == BERTag.context(11) { extendedValue = Array(message.bytes[element.content]) }
            if element.tag == BERTag.contextConstructed(3) {
                var uris = BERReader(message.bytes, within: element.content)
                while !uris.isAtEnd { referrals.append(try uris.nextString()) }
            }
        }
    }
}
