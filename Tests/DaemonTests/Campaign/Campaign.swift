import Foundation
import LatchkeyTesting

/// Changes a real directory at random, kills server and daemon and cuts the network between them, and then wants the
/// mirror to be what a full dump shows.
struct Campaign {
    private let directory: any CampaignDirectory
    private let relay: NetworkRelay
    private let daemon: DaemonFixture
    private let seed: UInt64
    private var world: CampaignWorld
    private var log: [String] = []
    private var changes = 0
    private var wasServerKilled = false
    private var accidents: [String: Int] = [:]

    private static let keepers = 30
    /// In one round, of the server's own.
    private static let crashLimit = 3
    /// Lines of the log that a failure shows.
    private static let logLimit = 60

    init(_ directory: any CampaignDirectory, seed: UInt64) throws {
        self.directory = directory
        self.seed = seed
        let (host, port) = directory.endpoint
        relay = try NetworkRelay(host: host, before: port)
        let options = DaemonOptions.with {
            $0.sections = "sync: { holdRemovals: { over: 100%, atLeast: 100000, groupLoss: 100% } }"
        }
        daemon = try DaemonFixture(directory.daemonDirectory(through: relay), options)
        world = CampaignWorld(directory.dialect, seed: seed)
    }

    /// - Parameters:
    ///   - rounds: after each of them the mirror is compared.
    ///   - changes: in each round.
    mutating func run(rounds: Int, changes: Int) async throws {
        print("campaign on \(type(of: directory)): seed \(seed), \(rounds) rounds of \(changes) changes")
        do {
            note(try await directory.modify(world.keepers(Self.keepers)))
            try await daemon.start()
            for round in 1...rounds { try await play(round, changes) }
            await daemon.stop()
        } catch {
            await daemon.kill()
            throw error
        }
        let told = accidents.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        let end = try await DirectoryPicture(directory)
        print("campaign on \(type(of: directory)): \(self.changes) changes; \(told); at the end \(end.size)")
    }

    private mutating func play(_ round: Int, _ count: Int) async throws {
        try await look()
        var left = count
        while left > 0 {
            let burst = min(left, world.number(1...6))
            await change(burst)
            left -= burst
            if world.number(0...9) == 0 { try await accident() }
        }
        relay.heal()
        if !daemon.isRunning { try await daemon.launch() }
        try await settle(round)
    }

    private mutating func look() async throws {
        let dialect = directory.dialect
        let scope = dialect.suffix
        let people = try await directory.search("(objectClass=\(dialect.personClass))", ["1.1"], base: scope)
        let units = try await directory.search("(objectClass=organizationalUnit)", ["1.1"], base: scope)
        let groups = try await directory.search("(objectClass=\(dialect.groupClass))", ["1.1"], base: dialect.groups)
        world.see(
            people: people.map(\.dn).filter { Self.isOurs($0, dialect) && !CampaignWorld.name($0).hasPrefix("keeper") },
            units: units.map(\.dn).filter {
                CampaignWorld.name($0).hasPrefix("u") && $0.lowercased().hasPrefix("ou=u")
            },
            groups: groups.map(\.dn).filter { !CampaignWorld.name($0).hasPrefix("keeper") }
        )
    }

    /// Not the service accounts.
    private static func isOurs(_ dn: String, _ dialect: CampaignDialect) -> Bool {
        dn.hasSuffix(dialect.people) || (dn.hasSuffix(dialect.outside) && CampaignWorld.name(dn).hasPrefix("p"))
    }

    /// A burst of changes. That one is refused is no failure: the world may have been wrong.
    private mutating func change(_ burst: Int) async {
        let records = (0..<burst).compactMap { _ in world.change() }
        for record in records { note(record.split(separator: "\n").prefix(4).joined(separator: " | ")) }
        do {
            let said = try await directory.modify(records.joined(separator: "\n"))
            let refusals = said.components(separatedBy: "\n").filter { $0.hasPrefix("ldap_") }
            changes += records.count - refusals.count
            if !refusals.isEmpty { note("(refused: \(refusals))") }
        } catch {
            note("(\(error))")
        }
    }

    // MARK: Accidents

    private mutating func accident() async throws {
        let kinds = ["kills of the server", "kills of the daemon", "cuts", "silences"]
        let kind = kinds[world.number(0...kinds.count - 1)]
        accidents[kind, default: 0] += 1
        note("*** \(kind)")
        switch kind {
        case "kills of the server":
            wasServerKilled = true
            await directory.kill()
            try await directory.start()
        case "kills of the daemon":
            await daemon.kill()
            // Now and then changes happen while it is down.
            if world.number(0...1) == 0 { await change(world.number(1...20)) }
            try await daemon.launch()
        case "cuts": relay.cut()
        default:
            relay.block()
            await change(world.number(1...10))
            relay.heal()
        }
    }

    // MARK: The end of a round

    private mutating func settle(_ round: Int) async throws {
        var differences = try await differencesThatStay()
        if !differences.isEmpty, directory.dialect.hasStaleNames {
            accidents["caches of the server's that were wrong", default: 0] += 1
            await directory.kill()
            try await directory.start()
            differences = try await differencesThatStay()
        }
        // What a killed slapd has forgotten nobody can tell: only reading everything again finds it.
        if !differences.isEmpty, directory.dialect.forgetsRemovals, wasServerKilled, try await isSurplus() {
            accidents["removals that a killed server had forgotten", default: 0] += 1
            _ = try await daemon.control("sync", "--full")
            differences = try await differencesThatStay()
        }
        wasServerKilled = false
        guard !differences.isEmpty else { return }
        throw TestError(
            """
            seed \(seed), round \(round): the mirror is not what the directory is
            \(differences.prefix(20).joined(separator: "\n"))
            after
            \(log.suffix(Self.logLimit).joined(separator: "\n"))
            \(daemon.log.suffix(4000))
            """
        )
    }

    /// - Returns: nothing, as soon as there is no difference; otherwise those at the deadline.
    private mutating func differencesThatStay() async throws -> [String] {
        var differences: [String] = []
        var crashes = 0
        let isEqual = try await eventually {
            do {
                let before = try await DirectoryPicture(directory)
                guard let mirror = try? await DirectoryPicture(daemon) else { return false }
                differences = before.differences(mirror)
                // Overlays of the server work behind its answers: only what stands still can be compared.
                let after = try await DirectoryPicture(directory)
                return differences.isEmpty && before == after
            } catch {
                // 389 Directory Server 2.3.1 ends by itself now and then while it is followed.
                crashes += 1
                guard crashes < Self.crashLimit else { throw error }
                await directory.kill()
                try await directory.start()
                return false
            }
        }
        if crashes > 0 { accidents["crashes of the server's own", default: 0] += crashes }
        return isEqual ? [] : differences + ["(nothing else differs)"]
    }

    /// Whether the mirror holds everybody, and some too many.
    private func isSurplus() async throws -> Bool {
        try await DirectoryPicture(daemon).holdsMore(than: DirectoryPicture(directory))
    }

    private mutating func note(_ line: String) {
        log.append(line)
        if log.count > 2 * Self.logLimit { log.removeFirst(Self.logLimit) }
    }
}
