/// Bounds of what a request may hold, as the OpenAPI document shows them. Those that a service enforces stand there,
/// too, and a test holds them against each other.
package enum APILimits {
    /// Items of a page.
    package static let page: ClosedRange<Int> = 1...1000
    package static let pageDefault = 100
    /// Characters.
    package static let cursor = 1024
    /// Characters of a text that is searched for.
    package static let search = 256
    /// Bytes of a path on this host (PATH_MAX).
    package static let directory = 4096
    /// Bytes of why an administrator does something.
    package static let reason = 500
    /// Characters that are typed into a device.
    package static let number = 16
    /// Keys pressed in a call.
    package static let digits = 32
    /// Answers to questions, and bytes of one.
    package static let answers = 50
    package static let answer = 512
    /// Bytes of a method's label.
    package static let label = 128
    /// Bytes of an email address (RFC 5321, 4.5.3.1).
    package static let email = 254
    /// Bytes of a login for a reset.
    package static let login = 256
    /// Bytes of a new password.
    package static let password = 1024
    /// Seconds that a pass lives.
    package static let passLifetime: ClosedRange<Int> = 60...30 * 24 * 3600
    /// Digits of a duration.
    package static let durationDigits = 9
}
