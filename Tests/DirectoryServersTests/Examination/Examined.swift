import DirectoryServers
import Identity
import Synchronizer
import Testing

/// What an examination of these settings finds.
func examined(_ settings: DirectorySettings, clock: any WallClock = SystemWallClock()) async -> [Finding] {
    await DirectoryExaminer(settings: settings, clock: clock).examine()
}

extension [Finding] {
    func of(_ check: Check) -> [Finding] { filter { $0.check == check } }

    /// Nil where nothing was found, or not everywhere the same.
    func verdict(_ check: Check) -> Finding.Verdict? {
        let verdicts = Set(of(check).map(\.verdict))
        return verdicts.count == 1 ? verdicts.first : nil
    }

    func text(_ check: Check) -> String { of(check).map(\.text).joined(separator: "; ") }

    /// What is to be done; nil where nothing is said, or not everywhere the same.
    func remedy(_ check: Check) -> String? {
        let remedies = Set(of(check).map(\.remedy))
        return remedies.count == 1 ? remedies.first ?? nil : nil
    }

    /// A text to paste.
    /// - Parameter place: how the place begins.
    func paste(_ check: Check, _ place: String) throws -> String {
        let pastes = of(check).flatMap(\.pastes)
        return try #require(pastes.first { $0.place.hasPrefix(place) }, "\(of(check))").text
    }
}

/// Examines, expects what is wrong, pastes what the finding says, and expects it to be fine.
func mended(
    _ check: Check,
    _ verdict: Finding.Verdict,
    _ text: String,
    remedy: String,
    _ place: String,
    _ settings: DirectorySettings,
    _ paste: (String) async throws -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let before = await examined(settings)
    #expect(before.verdict(check) == verdict, "\(before.of(check))", sourceLocation: sourceLocation)
    #expect(before.text(check).contains(text), "\(before.of(check))", sourceLocation: sourceLocation)
    #expect(before.remedy(check) == remedy, "\(before.of(check))", sourceLocation: sourceLocation)
    try await paste(before.paste(check, place))
    let after = await examined(settings)
    #expect(after.verdict(check) == .fine, "\(after.of(check))", sourceLocation: sourceLocation)
}
