/// A distinguished name in canonical form: two names are equal if and only if their keys are.
///
/// `LDAPClient.DistinguishedName` makes it: attribute types and values in lower case, insignificant spaces
/// gone, one way to escape (RFC 4514), the parts of a multi-valued RDN in order.
package struct DNKey: Hashable, Sendable {
    package let text: String
    package init(canonical text: String) { self.text = text }
}
