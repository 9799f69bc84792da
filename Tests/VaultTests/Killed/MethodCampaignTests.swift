import Foundation
import Glibc
import LatchkeyTesting
import SelfService
import Testing
import Vault

/// `LATCHKEY_TORTURE` sets how long this is: ten kills for each of the daemon's, since a vault is opened soon.
private let kills = ProcessInfo.processInfo.environment["LATCHKEY_TORTURE"].flatMap(Int.init).map { $0 * 10 } ?? 20
/// In the life of one vault.
private let killsPerVault = 5
/// That the process tells before it is killed: two for each step.
private let mostLines = 30

/// A process that registers, proves, uses and removes methods of every kind, rotates keys, backs up and restores, until
/// it is killed at any moment, by SIGKILL.
@Suite("Torture: kill -9 among methods of every kind")
struct MethodCampaignTests {
    @Test(
        "all that was acknowledged is there, the step that was not is whole or absent, and nothing half-done is usable"
    )
    func campaign() async throws {
        var random = SeededGenerator(seed: 4)
        var tally = CampaignTally()
        for number in 0..<(kills + killsPerVault - 1) / killsPerVault {
            let place = try TemporaryPlace()
            let folder = CampaignFolder(path: place.directory)
            try folder.make()
            for round in 0..<min(killsPerVault, kills - number * killsPerVault) {
                try await Self.kill(folder, seed: UInt64(number * killsPerVault + round), &random)
                try await tally.settle(folder)
            }
        }
        print("kill -9 over the vault: \(tally)")
        tally.expectVariety(kills)
    }

    /// Lets the process run until it has told so many lines, and for a random while after the last.
    private static func kill(_ folder: CampaignFolder, seed: UInt64, _ random: inout SeededGenerator) async throws {
        try folder.journal.empty()
        let count = Int.random(in: 1...mostLines, using: &random)
        let killer = Task { [random] in
            var moments = random
            try await eventually("the process tells \(count) lines") {
                try folder.journal.count >= count
            }
            try await randomMoment(upTo: .milliseconds(40), using: &moments)
            guard case .ready(let pid) = try folder.journal.lines.first else { throw TestError("it is not ready") }
            Glibc.kill(pid, SIGKILL)
        }
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String, seed = seed as UInt64] in
            var victim = try CampaignVictim(CampaignFolder(path: path), seed: seed)
            try await victim.run()
        }
        try await killer.value
    }
}
