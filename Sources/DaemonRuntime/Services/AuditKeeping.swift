import Audit
import Foundation
import Logging
import ServiceLifecycle

/// Writes where the audit ends into the log, which another place keeps, and deletes what need not be kept any longer.
struct AuditKeeping: Service {
    let audit: any AuditLog
    /// Seconds; nil: for ever.
    let keptFor: TimeInterval?
    let logger: Logger

    private static let interval = Duration.seconds(3600)
    /// Of one transaction.
    private static let batch = 1000

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            var told: AuditAnchor?
            while !Task.isCancelled {
                do { try await Task.sleep(for: Self.interval) } catch { return }
                await prune()
                told = await tell(unless: told)
            }
        }
    }

    /// - Returns: what the log has now.
    @discardableResult
    func tell(unless told: AuditAnchor? = nil) async -> AuditAnchor? {
        guard let anchor = try? await audit.auditAnchor(), anchor != told else { return told }
        logger.notice("the audit ends at \(anchor)")
        return anchor
    }

    private func prune() async {
        guard let keptFor else { return }
        do {
            while try await audit.pruneAudit(before: Date().addingTimeInterval(-keptFor), limit: Self.batch) > 0 {}
        } catch {
            logger.warning("old records of the audit are not deleted yet", metadata: ["error": "\(error)"])
        }
    }
}
