package import Audit
import Foundation
package import Identity
package import SelfService

/// A vault's administration that remembers what it was asked.
package actor ScriptedVault: KeyRotation, PersonalData, VaultBackup {
    private struct Failure: Error {}

    package private(set) var calls: [[String]] = []
    private var isRotating = false
    private var hasOpenWrite = false
    private var isBroken = false

    package init() {}

    package func holdWrite() { hasOpenWrite = true }
    package func breakDown() { isBroken = true }

    package func keyStatus() async throws -> KeyStatus {
        if isBroken { throw Failure() }
        return KeyStatus(
            configuredKey: "c1",
            writingKey: isRotating ? "k2" : "k1",
            formerKeys: isRotating ? ["k1"] : [],
            remaining: isRotating ? ["method": 3] : [:]
        )
    }

    package func rotateKeys(by actor: AuditActor) async throws -> Bool {
        calls.append(["rotate", "\(actor)"])
        defer { isRotating = true }
        return !isRotating
    }

    package func backUp(to directory: String, by actor: AuditActor) async throws -> BackupReport {
        calls.append(["backup", directory, "\(actor)"])
        guard directory != "/nowhere" else { throw BackupRefusal(detail: "/nowhere: is no directory") }
        return BackupReport(
            path: directory + "/vault.sqlite",
            time: SamplePeople.time,
            byteCount: 4096,
            people: 2,
            methods: 3,
            auditSequence: 17,
            key: "c1"
        )
    }

    package func export(_ person: EntryID, reason: String, by actor: AuditActor) async throws -> PersonExport {
        calls.append(["export", person.description, reason, "\(actor)"])
        let view = SamplePeople.view(showsValue: true)
        return PersonExport(
            registration: StoredRegistration(person: person, methods: [view.method]),
            disabledAt: nil,
            sessions: [],
            messages: [],
            writes: [],
            counters: ["message": 1],
            audit: []
        )
    }

    package func erase(_ person: EntryID, reason: String, by actor: AuditActor) async throws -> ErasureReport? {
        calls.append(["erase", person.description, reason, "\(actor)"])
        return hasOpenWrite ? nil : ErasureReport(methods: 2, hadAuditRecords: true)
    }
}
