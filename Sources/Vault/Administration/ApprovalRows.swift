import Audit
import Foundation
import GRDB
import SelfService

/// A request as it is sealed. All of it: whoever can write to the file approves nothing.
struct SealedApproval: Codable {
    var request: ApprovalRequest
    var state: Approval.State
    var requestedAt: Milliseconds
    var expiresAt: Milliseconds
    var approver: UInt32?

    init(_ approval: Approval) {
        request = approval.request
        state = approval.state
        requestedAt = Milliseconds(approval.requestedAt)
        expiresAt = Milliseconds(approval.expiresAt)
        approver = approval.approver
    }

    func approval(id: String) -> Approval {
        Approval(
            id: id,
            request: request,
            state: state,
            requestedAt: requestedAt.date,
            expiresAt: expiresAt.date,
            approver: approver
        )
    }
}

extension VaultTransaction {
    /// The oldest first. What has expired is deleted here; what was sealed with a key that is gone never opens again
    /// and goes with it.
    func approvals() throws -> [Approval] {
        try db.execute(sql: "DELETE FROM approval WHERE expires_at <= ?", arguments: [now.count])
        return try Row.fetchAll(db, sql: "SELECT * FROM approval ORDER BY position").compactMap { row in
            let id: String = row["id"]
            do {
                return try secrets.records.open(
                    SealedApproval.self,
                    from: row["sealed"],
                    keyID: row["key"],
                    in: context(ofApproval: id)
                ).approval(id: id)
            } catch let error as VaultError where error.code == .wrongKey {
                try deleteApproval(id)
                return nil
            }
        }.filter { Milliseconds($0.expiresAt).count > now.count }
    }

    func requestApproval(_ request: ApprovalRequest) throws -> Approval? {
        let present = try approvals()
        var approval = present.first { $0.request.isSame(as: request) && $0.state == .pending }
        if approval == nil {
            guard present.count < Approval.limit else { return nil }
            let made = Approval(
                id: String(RandomBytes.identifier().prefix(Self.approvalIDLength)),
                request: request,
                state: .pending,
                requestedAt: now.date,
                expiresAt: (now + Approval.lifetime).date
            )
            try insert(made)
            approval = made
        }
        if let approval { try note(.secondApprovalRequested, .done, approval, by: request.requester) }
        return approval
    }

    /// Short enough to be read out. It opens nothing: the peer's uid does.
    private static var approvalIDLength: Int { 8 }

    func approve(_ id: String, by uid: UInt32) throws -> SecondOpinion {
        guard var approval = try approvals().first(where: { $0.id == id && $0.state == .pending }) else {
            return .unknown
        }
        guard approval.request.requester != uid else {
            try note(.secondApprovalGiven, .refused, approval, by: uid)
            return .ownRequest
        }
        approval.state = .approved
        approval.approver = uid
        approval.expiresAt = (now + Approval.lifetime).date
        try deleteApproval(id)
        try insert(approval)
        try note(.secondApprovalGiven, .done, approval, by: uid)
        return .approved(approval)
    }

    func refuseApproval(_ id: String, by uid: UInt32) throws -> Approval? {
        guard let approval = try approvals().first(where: { $0.id == id }) else { return nil }
        try deleteApproval(id)
        try note(.secondApprovalRefused, .done, approval, by: uid)
        return approval
    }

    func useApproval(of request: ApprovalRequest) throws -> Approval? {
        let approved = try approvals().first { $0.state == .approved && $0.request.isSame(as: request) }
        if let approved { try deleteApproval(approved.id) }
        return approved
    }

    private func insert(_ approval: Approval) throws {
        let sealed = try secrets.records.seal(SealedApproval(approval), in: context(ofApproval: approval.id))
        try db.execute(
            sql: "INSERT INTO approval (id, expires_at, key, sealed) VALUES (?, ?, ?, ?)",
            arguments: [approval.id, Milliseconds(approval.expiresAt).count, secrets.keyID, sealed]
        )
    }

    private func deleteApproval(_ id: String) throws {
        try db.execute(sql: "DELETE FROM approval WHERE id = ?", arguments: [id])
    }

    private func note(_ action: AuditAction, _ result: AuditResult, _ approval: Approval, by uid: UInt32) throws {
        let request = approval.request
        try audit(
            AuditEvent(
                action,
                result,
                by: .administrator(uid: uid),
                about: request.person,
                details: ["approval": approval.id, "action": request.action, "why": request.reason]
            )
        )
    }

    private func context(ofApproval id: String) -> RecordContext {
        RecordContext(column: .approval, owner: [], record: id)
    }
}
