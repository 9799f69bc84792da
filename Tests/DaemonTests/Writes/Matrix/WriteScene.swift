import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient

/// Bob, registered, at the daemon's own socket.
struct WriteScene {
    let product: WrittenProduct
    let directory: any WrittenDirectory
    let daemon: DaemonFixture
    var portal: PortalClient { daemon.portal }

    func write(_ password: String = Self.newPassword) async throws -> Result<OutcomeDocument, ProblemAnswer> {
        let token = try await portal.provenReset("bob")
        return try await attempt { try await portal.setPassword(password, token: token) }
    }

    func unlock() async throws -> Result<OutcomeDocument, ProblemAnswer> {
        let token = try await portal.provenReset("bob", "unlock")
        return try await attempt { try await portal.unlock(token) }
    }

    private func attempt(
        _ body: () async throws -> OutcomeDocument
    ) async throws -> Result<OutcomeDocument, ProblemAnswer> {
        do {
            return .success(try await body())
        } catch let answer as ProblemAnswer {
            return .failure(answer)
        }
    }
}

// MARK: Setting it up

extension WriteScene {
    static let newPassword = "Brand-New-Umbrella-7"

    private static let options = DaemonOptions.with {
        $0.sections = "protected: { roles: [nobody-at-all], filter: (title=Protected) }"
        $0.policies = """
              - name: everybody
                methods: [email]
                register: { minimum: 1 }
                reset: { gates: 1 }
            """
    }

    static func with(
        _ product: WrittenProduct,
        _ policy: WrittenPolicy = WrittenPolicy(),
        through proxy: Bool = false,
        _ body: (WriteScene, LDAPFaultProxy?) async throws -> Void
    ) async throws {
        try await product.run(policy) { directory in
            let line = proxy ? try LDAPFaultProxy(before: directory.endpoint.port, of: directory.endpoint.host) : nil
            var target = directory.daemonDirectory
            if let line { target.uri = line.uri }
            try await withRegistered(directory, target) { (daemon) async throws in
                try await body(WriteScene(product: product, directory: directory, daemon: daemon), line)
            }
        }
    }

    static func with(
        _ directory: any WrittenDirectory,
        _ target: DaemonDirectory,
        _ body: (PortalClient) async throws -> Void
    ) async throws {
        try await withRegistered(directory, target) { (daemon) async throws in try await body(daemon.portal) }
    }

    private static func withRegistered(
        _ directory: any WrittenDirectory,
        _ target: DaemonDirectory,
        _ body: (DaemonFixture) async throws -> Void
    ) async throws {
        let daemon = try DaemonFixture(target, options)
        try await daemon.start()
        do {
            let token = try await daemon.portal.signIn("bob", directory.password).token
            try await daemon.portal.register("email", "bob.private@mail.example", token: token)
            try await body(daemon)
            await daemon.stop()
        } catch {
            await daemon.kill()
            throw error
        }
    }
}
