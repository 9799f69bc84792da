import Synchronization

/// The environment in force. What is under way keeps the one that it began with; what begins takes the new one.
package final class EnvironmentSource: Sendable {
    private let state: Mutex<ServiceEnvironment>

    package init(_ environment: ServiceEnvironment) {
        state = Mutex(environment)
    }

    package var current: ServiceEnvironment { state.withLock { $0 } }

    package func change(_ body: (inout ServiceEnvironment) -> Void) {
        state.withLock { body(&$0) }
    }
}
