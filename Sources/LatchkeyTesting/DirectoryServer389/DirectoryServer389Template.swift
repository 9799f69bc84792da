import Foundation
import Synchronization

/// An instance that is made once for each run of the tests, because that takes ten seconds; each test copies it.
///
/// Everything lies below one folder: `dscreate` is led there by a `defaults.inf` of ours, and no systemd is asked.
struct DirectoryServer389Template {
    let directory: URL
    private let port: UInt16

    static let suffix = "dc=example,dc=com"
    static let administrator = "cn=Directory Manager"
    static let administratorPassword = "administrator-secret"
    static let service = "cn=latchkey,ou=services,\(suffix)"
    static let password = "correct horse battery"

    private static let made = Mutex<Task<DirectoryServer389Template, any Error>?>(nil)

    /// The template, made by the first who asks.
    static func shared() async throws -> DirectoryServer389Template {
        try await made.withLock { made in
            if let made { return made }
            let task = Task { try await DirectoryServer389Template() }
            made = task
            return task
        }.value
    }

    /// Named by the process, so that it can be found again when the process ends.
    private static var path: String { "/tmp/latchkey-389ds-template-\(getpid())" }

    private init() async throws {
        directory = URL(fileURLWithPath: Self.path)
        port = try LoopbackSocket.bound().port
        atexit { try? FileManager.default.removeItem(atPath: DirectoryServer389Template.path) }
        try? FileManager.default.removeItem(at: directory)
        try makeFolders()
        try await create()
        try configure()
        try await fill()
    }

    // MARK: Making it

    private static let installed = URL(fileURLWithPath: "/usr/share/dirsrv")

    private func makeFolders() throws {
        let files = FileManager.default
        let folders = [
            "share/dirsrv/inf", "etc/dirsrv", "etc/default", "run/dirsrv", "run/lock/dirsrv", "var/lib/dirsrv",
            "var/log/dirsrv", "dev/shm", "tmp", "tmpfiles.d",
        ]
        for name in folders {
            try files.createDirectory(at: directory.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        for name in ["data", "schema", "mibs"] {
            try files.createSymbolicLink(
                at: directory.appendingPathComponent("share/dirsrv/\(name)"),
                withDestinationURL: Self.installed.appendingPathComponent(name)
            )
        }
        for name in ["config", "schema"] {
            try files.copyItem(
                at: URL(fileURLWithPath: "/etc/dirsrv/\(name)"),
                to: directory.appendingPathComponent("etc/dirsrv/\(name)")
            )
        }
    }

    /// Debian's `defaults.inf`, with every folder below ours.
    private func defaults() throws -> String {
        let text = try String(contentsOf: Self.installed.appendingPathComponent("inf/defaults.inf"), encoding: .utf8)
        let own = [
            "with_systemd": "0", "user": Self.user, "group": Self.user, "prefix": directory.path,
            "tmpfiles_d": path("tmpfiles.d"), "inst_dir": path("inst/slapd-{instance_name}"),
        ]
        return text.components(separatedBy: "\n").map { line in
            let parts = line.components(separatedBy: " = ")
            guard parts.count == 2 else { return line }
            if let value = own[parts[0]] { return "\(parts[0]) = \(value)" }
            let isMoved = ["/etc", "/run", "/var", "/dev/shm", "/tmp"].contains {
                parts[1] == $0 || parts[1].hasPrefix("\($0)/")
            }
            return isMoved ? "\(parts[0]) = \(directory.path)\(parts[1])" : line
        }
        .joined(separator: "\n")
    }

    private func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

    private static var user: String { NSUserName() }

    private func create() async throws {
        try defaults().write(toFile: path("share/dirsrv/inf/defaults.inf"), atomically: false, encoding: .utf8)
        try """
        [general]
        config_version = 2
        full_machine_name = localhost
        strict_host_checking = False
        systemd = False
        selinux = False
        start = False
        [slapd]
        instance_name = t
        user = \(Self.user)
        group = \(Self.user)
        port = \(port)
        root_password = \(Self.administratorPassword)
        self_sign_cert = False
        [backend-userroot]
        suffix = \(Self.suffix)
        create_suffix_entry = True
        sample_entries = no
        """
        .write(toFile: path("t.inf"), atomically: false, encoding: .utf8)
        let arguments = ["PREFIX=\(directory.path)", "/usr/sbin/dscreate", "from-file", path("t.inf")]
        try await Command("/usr/bin/env", arguments).check(in: directory)
    }

    private func configure() throws {
        let file = directory.appendingPathComponent("etc/dirsrv/slapd-t/dse.ldif")
        var dse = DSEFile(try String(contentsOf: file, encoding: .utf8))
        for (name, value) in Self.configuration { try dse.replace(name, in: DSEFile.configuration, [value]) }
        for name in Self.plugins { try dse.replace("nsslapd-pluginEnabled", in: DSEFile.plugin(name), ["on"]) }
        try dse.replace(
            "nsslapd-attribute",
            in: DSEFile.plugin("Retro Changelog Plugin"),
            ["nsuniqueid:targetUniqueId"]
        )
        try dse.replace("memberofgroupattr", in: DSEFile.plugin("MemberOf Plugin"), ["member", "uniqueMember"])
        // Small files and no fsync: these servers live for seconds.
        try dse.replace("nsslapd-dbcachesize", in: DSEFile.berkeley, ["4000000"])
        try dse.replace("nsslapd-cache-autosize", in: DSEFile.berkeley, ["0"])
        try dse.replace("nsslapd-db-durable-transaction", in: DSEFile.berkeley, ["off"])
        try dse.text.write(to: file, atomically: false, encoding: .utf8)
    }

    private static let configuration = [
        "nsslapd-listenhost": "127.0.0.1", "nsslapd-security": "off",
        "passwordLockout": "on", "passwordMaxFailure": "3", "passwordUnlock": "off", "nsslapd-sizelimit": "-1",
        "nsslapd-timelimit": "-1",
    ]
    private static let plugins = [
        "Retro Changelog Plugin", "Content Synchronization", "MemberOf Plugin",
        "referential integrity postoperation",
    ]

    private func fill() async throws {
        let process = DirectoryServer389Process(directory: directory, port: port)
        try await process.start()
        let content = DirectoryServer389Content.text(
            below: Self.suffix,
            service: Self.service,
            password: Self.password
        )
        try await process.apply(content, adding: true)
        for rule in [
            DirectoryServer389Content.access(Self.service), DirectoryServer389Content.writing(Self.service),
        ] {
            try await process.apply("dn: \(Self.suffix)\nchangetype: modify\nadd: aci\naci: \(rule)\n", adding: false)
        }
        try await process.apply(
            "dn: cn=changelog\nchangetype: modify\nadd: aci\naci: \(DirectoryServer389Content.access(Self.service))\n",
            adding: false
        )
        await process.end(SIGTERM)
        try FileManager.default.removeItem(at: directory.appendingPathComponent("run/slapd-t.socket"))
        let database = directory.appendingPathComponent("var/lib/dirsrv/slapd-t/db")
        // The memory of a server that has ended; each makes its own.
        for name in try FileManager.default.contentsOfDirectory(atPath: database.path) where name.hasPrefix("__db.") {
            try FileManager.default.removeItem(at: database.appendingPathComponent(name))
        }
    }

    // MARK: Copying it

    /// An instance of one's own, configured and not started.
    func copy(to target: URL, port new: UInt16, _ options: DirectoryServer389Options) throws {
        try FileManager.default.copyItem(at: directory, to: target)
        let keys = target.appendingPathComponent("etc/dirsrv/slapd-t/pkcs11.txt")
        try String(contentsOf: keys, encoding: .utf8).replacingOccurrences(of: directory.path, with: target.path)
            .write(to: keys, atomically: false, encoding: .utf8)
        let file = target.appendingPathComponent("etc/dirsrv/slapd-t/dse.ldif")
        let text = try String(contentsOf: file, encoding: .utf8)
        var dse = DSEFile(text.replacingOccurrences(of: directory.path, with: target.path))
        try dse.replace("nsslapd-port", in: DSEFile.configuration, ["\(new)"])
        for (name, value) in options.configuration { try dse.replace(name, in: DSEFile.configuration, [value]) }
        if let limit = options.sizeLimit {
            // The database's own limit would rule otherwise.
            for entry in [DSEFile.configuration, DSEFile.backend] {
                try dse.replace("nsslapd-sizelimit", in: entry, ["\(limit)"])
            }
        }
        if !options.hasContentSync {
            try dse.replace("nsslapd-pluginEnabled", in: DSEFile.plugin("Content Synchronization"), ["off"])
        }
        if !options.namesUniqueIDs {
            try dse.replace("nsslapd-attribute", in: DSEFile.plugin("Retro Changelog Plugin"), [])
        }
        try dse.text.write(to: file, atomically: false, encoding: .utf8)
    }
}
