/// What the vault keeps of a method beside its value. Nobody reads it back: it is only compared with.
package enum MethodSecret: Sendable, Equatable, Codable {
    case authenticator(AuthenticatorSecret)
    case device(DeviceSecret)
    case answers(AnswerSecrets)
    case codes(RecoveryCodeSecrets)
    case pass(AccessPassSecret)
}

extension MethodSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(secret)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
