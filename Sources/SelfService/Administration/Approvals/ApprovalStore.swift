/// The port to requests that wait for a second administrator. Each operation is one decision in one transaction, and
/// finds only what has not expired.
package protocol ApprovalStore: Sendable {
    /// Records a request, each time with an audit record. The same one again is the one that waits.
    /// - Returns: nil when too many wait.
    func requestApproval(_ request: ApprovalRequest) async throws -> Approval?

    /// The oldest first.
    func approvals() async throws -> [Approval]

    /// Approves a request that waits. Whoever asked cannot.
    func approve(_ id: String, by uid: UInt32) async throws -> SecondOpinion

    /// Drops a request, approved or not.
    /// - Returns: nil when there is none of that id.
    func refuseApproval(_ id: String, by uid: UInt32) async throws -> Approval?

    /// Spends the approval of this request: at most one caller gets it.
    func useApproval(of request: ApprovalRequest) async throws -> Approval?
}

/// What came of approving.
package enum SecondOpinion: Sendable, Equatable {
    case approved(Approval)
    /// None that waits has that id.
    case unknown
    case ownRequest
}
