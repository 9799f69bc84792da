import Foundation

/// A provisioned domain that is made once in each test process and copied for each test: provisioning takes
/// seconds, a copy a moment.
actor SambaTemplate {
    static let shared = SambaTemplate()

    private var making: Task<URL, any Error>?

    /// Where the template is. Nothing runs in it, ever.
    func folder() async throws -> URL {
        if let making { return try await making.value }
        let task = Task { try await Self.make() }
        making = task
        return try await task.value
    }

    /// The address stands in the template's configuration and is replaced in each copy.
    static let address = "127.0.0.1"
    private static let namePrefix = "latchkey-samba-template-"

    private static func make() async throws -> URL {
        guard getuid() == 0 else {
            throw TestError("a private Samba needs root: provisioning writes ACLs, and its LDAP ports are 389 and 636")
        }
        guard FileManager.default.isExecutableFile(atPath: SambaFixture.executable) else {
            throw TestError("\(SambaFixture.executable) is missing; run etc/install-dependencies.sh test")
        }
        removeLeftovers()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(namePrefix)\(getpid())")
        for name in ["etc", "log", "run", "tls"] {
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent(name),
                withIntermediateDirectories: true
            )
        }
        try await provision(folder)
        try await SambaCertificates(directory: folder.appendingPathComponent("tls")).makeAuthority()
        return folder
    }

    /// Templates of processes that are gone.
    private static func removeLeftovers() {
        let temporary = FileManager.default.temporaryDirectory
        let names = (try? FileManager.default.contentsOfDirectory(atPath: temporary.path)) ?? []
        for name in names where name.hasPrefix(namePrefix) {
            guard let pid = Int32(name.dropFirst(namePrefix.count)), kill(pid, 0) != 0 else { continue }
            try? FileManager.default.removeItem(at: temporary.appendingPathComponent(name))
        }
    }

    private static func provision(_ folder: URL) async throws {
        let configuration = SambaConfiguration(directory: folder, address: address)
        let initial = folder.appendingPathComponent("etc/initial.conf")
        try configuration.provisioning.write(to: initial, atomically: false, encoding: .utf8)
        try await Command(
            "/usr/bin/samba-tool",
            [
                "domain", "provision", "-s", initial.path, "--targetdir=\(folder.path)",
                "--realm=\(SambaFixture.realm.uppercased())", "--domain=ADEX", "--adminpass=\(SambaFixture.password)",
                "--server-role=dc", "--dns-backend=NONE", "--host-name=dc1", "--host-ip=\(address)",
            ]
        ).check(in: folder)
        try configuration.running.write(to: configuration.file, atomically: false, encoding: .utf8)
        let script = folder.appendingPathComponent("seed.py")
        try SambaSeed.script.write(to: script, atomically: false, encoding: .utf8)
        try await Command(SambaSeed.python, [script.path, folder.path, SambaFixture.password]).check(in: folder)
    }
}
