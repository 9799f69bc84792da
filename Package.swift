// swift-tools-version: 6.3
//
// One package, one list of targets in layer order: a target imports only targets above it.
// `Tests/ArchitectureTests` reads this file and the imports, and fails when the order is broken.

import PackageDescription

// MARK: Products of other packages

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

// MARK: Layers

/// A program exports nothing but what libraries call in it (`CHeap`), and its relocations are packed: a start takes a
/// third less, and some 6 MiB less stay resident. All of them are bound before `main`, and cannot be written later.
let small: [LinkerSetting] = [
    .unsafeFlags(
        ["-use-ld=lld"]
            + ["-z", "pack-relative-relocs", "-z", "now", "--no-export-dynamic"].flatMap { ["-Xlinker", $0] }
    )
]

let package = Package(
    name: "latchkey",
    products: [
        .executable(name: "latchkeyd", targets: ["latchkeyd"]),
        .executable(name: "latchkeyctl", targets: ["latchkeyctl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // C libraries
        .systemLibrary(name: "CLDAP", pkgConfig: "ldap", providers: [.apt(["libldap2-dev"])]),
        .target(name: "CCurl"),
        .systemLibrary(name: "CPlatform"),
        .systemLibrary(name: "CResolver"),
        .target(name: "CHeap", linkerSettings: [.linkedLibrary("sqlite3")]),

        // LDAP, nothing of Latchkey
        .target(name: "LDAPClient", dependencies: ["CLDAP", "CResolver"]),

        // Values and rules
        .target(name: "Identity"),
        .target(name: "Audit", dependencies: ["Identity", crypto]),
        .target(name: "Synchronizer", dependencies: ["Identity", "Audit", logging]),
        .target(name: "SelfService", dependencies: ["Identity", "Audit", crypto, logging]),

        // Adapters
        .target(
            name: "DirectoryServers",
            dependencies: ["LDAPClient", "Identity", "Synchronizer", "SelfService", logging]
        ),
        .target(name: "Mirror", dependencies: ["Identity", "Synchronizer", crypto, grdb]),
        .target(
            name: "Vault",
            dependencies: ["Identity", "Audit", "SelfService", crypto, cryptoExtras, grdb, logging]
        ),
        .target(
            name: "Delivery",
            dependencies: ["CCurl", "CPlatform", "Identity", "SelfService", logging, subprocess, systemPackage]
        ),

        // The local sockets
        .target(name: "LocalAPI", dependencies: ["Identity"]),
        .target(
            name: "LocalServer",
            dependencies: [
                "CPlatform", "Identity", "Audit", "Synchronizer", "SelfService", "LocalAPI",
                hummingbird, hummingbirdCore, httpTypes, lifecycle, logging, nioCore, nioHTTP1, nioPosix,
            ]
        ),
        .target(name: "LocalClient", dependencies: ["LocalAPI", nioCore, nioHTTP1, nioPosix]),

        // Composition
        .target(
            name: "DaemonConfiguration",
            dependencies: [
                "LDAPClient", "Identity", "Audit", "Synchronizer", "SelfService", "DirectoryServers", "Mirror",
                "Vault", "Delivery", "LocalServer", yams,
            ]
        ),
        .target(name: "AdminCommands", dependencies: ["Identity", "LocalAPI", "LocalClient", argumentParser]),
        .target(
            name: "DaemonRuntime",
            dependencies: [
                "CHeap", "CPlatform", "LDAPClient", "Identity", "Audit", "Synchronizer", "SelfService",
                "DirectoryServers",
                "Mirror", "Vault", "Delivery", "LocalAPI", "LocalServer", "DaemonConfiguration", argumentParser,
                lifecycle, logging, unixSignals,
            ]
        ),
        .executableTarget(
            name: "latchkeyd",
            dependencies: ["DaemonRuntime", argumentParser],
            linkerSettings: small
        ),
        .executableTarget(name: "latchkeyctl", dependencies: ["AdminCommands"], linkerSettings: small),

        // Real servers as fixtures, fakes of ports, one conformance suite per port
        .target(
            name: "LatchkeyTesting",
            dependencies: [
                "CPlatform", "LDAPClient", "Identity", "Audit", "Synchronizer", "SelfService", "LocalAPI",
                "LocalClient",
            ],
            exclude: ["Gateways/http_gateway.py", "Gateways/smtp_server.py", "Processes/process_memory.py"]
        ),

        // Tests
        .testTarget(name: "ArchitectureTests"),
        .testTarget(name: "LDAPClientTests", dependencies: ["LDAPClient", "LatchkeyTesting"]),
        .testTarget(
            name: "SynchronizerTests",
            dependencies: ["Identity", "Audit", "Synchronizer", "Mirror", "LatchkeyTesting", logging]
        ),
        .testTarget(
            name: "MirrorTests",
            dependencies: ["Identity", "Synchronizer", "Mirror", "LatchkeyTesting", grdb]
        ),
        .testTarget(
            name: "SelfServiceTests",
            dependencies: ["Identity", "Audit", "SelfService", "Vault", "LatchkeyTesting", crypto, logging]
        ),
        .testTarget(
            name: "DirectoryServersTests",
            dependencies: [
                "Identity", "Audit", "LDAPClient", "Synchronizer", "SelfService", "DirectoryServers", "Mirror",
                "LatchkeyTesting", logging,
            ],
            exclude: ["FailureModes/README.md"]
        ),
        .testTarget(
            name: "VaultTests",
            dependencies: ["Identity", "Audit", "SelfService", "Vault", "LatchkeyTesting", crypto, grdb, logging]
        ),
        .testTarget(
            name: "DeliveryTests",
            dependencies: ["Identity", "SelfService", "Delivery", "LatchkeyTesting", logging]
        ),
        .testTarget(
            name: "LocalServerTests",
            dependencies: [
                "Identity", "Audit", "Synchronizer", "SelfService", "LocalAPI", "LocalServer", "LocalClient",
                "AdminCommands", "LatchkeyTesting", lifecycle, logging, nioCore, nioPosix,
            ],
            exclude: ["OpenAPI/check_samples.py"]
        ),
        .testTarget(
            name: "DaemonConfigurationTests",
            dependencies: [
                "LDAPClient", "Identity", "SelfService", "DirectoryServers", "DaemonConfiguration", "LatchkeyTesting",
            ]
        ),
        .testTarget(
            name: "DaemonTests",
            dependencies: [
                "Identity", "LocalAPI", "LocalClient", "AdminCommands", "DaemonConfiguration", "DaemonRuntime",
                "latchkeyd",
                "latchkeyctl", "LatchkeyTesting", "Mirror", "Vault", "Audit", "SelfService", "Synchronizer", crypto,
                logging,
            ],
            exclude: [
                "Broken",
                "OpenAPI/fuzz_socket.py", "OpenAPI/schemathesis.toml", "OpenAPI/socket_hooks.py",
                "Examples/typed_answers.py",
            ]
        ),
    ]
)

// MARK: Settings, the same for every Swift target

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
    ]
}
