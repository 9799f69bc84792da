package import Audit
import Foundation
package import SelfService

extension VaultDatabase: VaultBackup {
    package func backUp(to directory: String, by actor: AuditActor) async throws -> BackupReport {
        let (secrets, now) = try await decide { ($0.secrets, $0.now) }
        let writer = BackupWriter(
            vault: path,
            directory: directory,
            secrets: secrets,
            key: source.keys.first?.id ?? "",
            now: now
        )
        let (file, manifest) = try await onItsOwnThread {
            do {
                return try writer.run()
            } catch let error as VaultError where error.code == .inaccessible {
                throw BackupRefusal(detail: "\(error)")
            }
        }
        let people = manifest.counts["registration"] ?? 0
        try await append(
            AuditEvent(
                .vaultBackedUp,
                .done,
                by: actor,
                details: ["people": "\(people)", "file": (file as NSString).lastPathComponent]
            )
        )
        let size = try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
        return BackupReport(
            path: file,
            time: now.date,
            byteCount: size ?? 0,
            people: people,
            methods: manifest.counts["method"] ?? 0,
            auditSequence: manifest.auditSequence,
            key: manifest.key
        )
    }

    private func onItsOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let path = path
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result(catching: work).mapError { VaultFailure.explain($0, path: path) })
            }
        }
    }
}
