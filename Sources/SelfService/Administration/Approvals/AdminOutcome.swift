/// What came of an administrator's request.
package enum AdminOutcome<Value: Sendable>: Sendable {
    case done(Value)
    /// It is about a protected person: once another administrator has approved it, it is to be repeated.
    case pending(Approval)
}
