import Delivery
import ServiceLifecycle
import Synchronizer

/// Runs the sync engine until the group stops. What was not committed is as if it had not come.
///
/// It begins when it is made, and not with the group: the directory answers while the sockets are being built, and
/// comes before them, as they can wait and the server's answer cannot be had sooner.
struct EngineService: Service {
    private let following: Task<Void, any Error>

    init(engine: SyncEngine) {
        following = Task(priority: .high) { try await engine.run() }
    }

    func run() async throws {
        try await cancelWhenGracefulShutdown { [following] in
            try await withTaskCancellationHandler {
                try await following.value
            } onCancel: {
                following.cancel()
            }
        }
    }

    /// For a start that comes to nothing.
    func end() { following.cancel() }
}

/// Runs the courier until the group stops. What was not handed over stays in the outbox.
struct CourierService: Service {
    let courier: Courier

    func run() async throws {
        await cancelWhenGracefulShutdown { [courier] in await courier.run() }
    }
}
