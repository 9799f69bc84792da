import LDAPClient

/// A modify that is refused in every state of the entry, so that nothing is changed by it, and that servers refuse for a
/// missing right first.
///
/// Its first change takes values away that cannot all be there: two of an attribute that has one at most, or random
/// bytes. What follows is never reached, since changes are made in order and all or none (RFC 4511, 4.6). slapd and 389
/// Directory Server look at the rights to all of it before they look at a value: `insufficientAccessRights` says that
/// one is missing, `noSuchAttribute` that none is. Assertions (RFC 4528) would not do: slapd looks at them before.
struct ImpossibleChange: Sendable {
    private let changes: [Modification]

    /// - Parameters:
    ///   - values: two that exclude each other, or random bytes.
    ///   - others: for whose rights it is tried as well.
    init(removing values: [[UInt8]], of attribute: AttributeName, then others: [Modification] = []) {
        changes = [Modification(.delete, attribute, values)] + others
    }

    /// 40 hexadecimal digits.
    static func random() -> [UInt8] {
        (0..<40).flatMap { _ in Array(String(UInt8.random(in: 0...15), radix: 16).utf8) }
    }

    /// Two times that one attribute cannot have at once.
    static let times = ["19000101000000Z", "19000101000001Z"].map { Array($0.utf8) }

    /// - Returns: the error that the server answers; it always answers one.
    func refusal(for dn: DistinguishedName, on connection: LDAPConnection) async -> LDAPError {
        do throws(LDAPError) {
            try await connection.modify(dn, changes)
        } catch {
            return error
        }
        return LDAPError(.success, operation: "modify", server: connection.server.uri)
    }

    func standing(on dn: DistinguishedName, _ connection: LDAPConnection) async -> AccessStanding {
        let refusal = await refusal(for: dn, on: connection)
        return switch refusal.code {
        case .noSuchAttribute: .granted
        // slapd says the same of a policy that wants the old password, before it looks at rights.
        case .insufficientAccess where refusal.passwordPolicy?.error != .mustSupplyOldPassword: .missing
        default: .unknown("\(refusal)")
        }
    }
}
