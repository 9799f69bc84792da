import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Vault

extension Administrator {
    /// Everything over everybody.
    static let helper = Administrator(uid: 1000, name: "helper", grants: [.init(may: [.all])])
    static let second = Administrator(uid: 1001, name: "second", grants: [.init(may: [.all])])

    static func with(_ may: Set<AdminCapability>, over: Reach = .everybody, name: String = "clerk") -> Administrator {
        Administrator(uid: 1002, name: name, grants: [.init(may: may, over: over)])
    }
}

extension AdminOutcome {
    var value: Value? {
        if case .done(let value) = self { value } else { nil }
    }

    var approval: Approval? {
        if case .pending(let approval) = self { approval } else { nil }
    }
}

extension ServiceScene {
    static let bob = User(
        id: EntryID(folding: [2]),
        dn: "uid=bob",
        login: "bob",
        email: "bob@example.org",
        roles: ["students"]
    )
    static let boss = User(id: EntryID(folding: [3]), dn: "uid=boss", login: "boss", roles: ["bosses"])
    static let value = "+12025550177"

    func records() async throws -> [AuditEvent] {
        try await vault.auditRecords(after: 0, limit: 1000).map(\.event)
    }

    /// To whom word waits of what an administrator did.
    func notices() async throws -> [String] {
        try await vault.dueMessages(limit: 100)
            .filter { $0.message.body.contains("administrator") || $0.message.body.contains("access pass") }.map(
                \.message.to
            )
    }

    func add(
        _ kind: MethodKind,
        _ value: String,
        to login: String = "alice",
        extension digits: String? = nil,
        by administrator: Administrator = .helper
    ) async throws -> AdminOutcome<MethodEntryResult> {
        var request = MethodRequest(kind: kind)
        if kind == .email { request.address = value } else { request.number = value }
        request.numberExtension = digits
        return try await helpdesk.addMethod(request, to: login, reason: "ticket", by: administrator)
    }

    func stored(_ id: EntryID = alice.id) async throws -> StoredRegistration {
        try await vault.registration(of: id)
    }
}
