import Foundation
import SelfService

/// A mail as it goes over the wire (RFC 5322, MIME).
struct MailDocument {
    let from: MailAddress
    let to: MailAddress
    let subject: String?
    let body: String
    let date: Date
    /// Unique and not to be guessed: the left part of the Message-ID. A mail that is sent again has it again, so that
    /// mailboxes can tell.
    let identifier: String

    /// - Throws: a permanent error for a destination or a subject that cannot stand in a header.
    init(
        _ message: OutgoingMessage,
        from: MailAddress,
        date: Date,
        identifier: String
    ) throws(TransportError) {
        guard let to = MailAddress(name: nil, address: message.to) else {
            throw TransportError(isTemporary: false, detail: "the destination is no mail address")
        }
        guard HeaderText.isSafe(message.subject ?? "") else {
            throw TransportError(isTemporary: false, detail: "the subject is not one line of text")
        }
        self.from = from
        self.to = to
        self.subject = message.subject
        body = message.body
        self.date = date
        self.identifier = identifier
    }

    var bytes: Data {
        Data((headers.joined(separator: "\r\n") + "\r\n\r\n").utf8) + encodedBody + Data("\r\n".utf8)
    }

    private var headers: [String] {
        let sender = from.name.map { "\(HeaderText.phrase($0)) <\(from.address)>" } ?? from.address
        var headers = ["Date: \(Self.text(of: date))", "From: \(sender)", "To: \(to.address)"]
        if let subject { headers.append("Subject: \(HeaderText.encoded(subject))") }
        return headers + [
            "Message-ID: <\(identifier)@\(from.domain)>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            // RFC 3834: nobody's absence should answer a code.
            "Auto-Submitted: auto-generated",
        ]
    }

    /// Lines end in CRLF inside the encoding too (RFC 2046, 4.1.1).
    private var encodedBody: Data {
        let lines = body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return Data(lines.joined(separator: "\r\n").utf8)
            .base64EncodedData(options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
    }

    /// RFC 5322, 3.3.
    private static func text(of date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return formatter.string(from: date)
    }
}
