import Delivery
import ServiceLifecycle
import Synchronizer

/// Runs the sync engine until the group stops. What was not committed is as if it had not come.
struct EngineService: Service {
    let engine: SyncEngine

    func run() async throws {
        try await cancelWhenGracefulShutdown { [engine] in try await engine.run() }
    }
}

/// Runs the courier until the group stops. What was not handed over stays in the outbox.
struct CourierService: Service {
    let courier: Courier

    func run() async throws {
        await cancelWhenGracefulShutdown { [courier] in await courier.run() }
    }
}
