import Foundation

/// The URI that authenticator apps read from a QR code.
package enum OTPAuthURI {
    /// - Parameters:
    ///   - issuer: shown in the app; a colon would end it there.
    ///   - account: the login, shown below it.
    package static func make(issuer: String, account: String, secret: String) -> String {
        let issuer = issuer.replacing(":", with: " ")
        let label = "\(encoded(issuer)):\(encoded(account.replacing(":", with: " ")))"
        return "otpauth://totp/\(label)?secret=\(secret)&issuer=\(encoded(issuer))"
            + "&algorithm=SHA1&digits=\(TOTP.digits)&period=\(TOTP.period)"
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(ascii).union(unreserved)) ?? ""
    }

    private static let ascii = CharacterSet(charactersIn: Unicode.Scalar(0)..<Unicode.Scalar(128))
    private static let unreserved = CharacterSet(charactersIn: "-._~")
}
