import Identity
import Synchronizer

/// Why removals of entries are held, for an operator: how many of how many, and below which name all of them stand,
/// since a part of the directory that may no longer be read is a likely cause.
struct HoldSentence {
    let text: String

    /// - Parameters:
    ///   - count: entries that would go now.
    ///   - names: their distinguished names.
    init(_ reason: RemovalGuard.Reason, _ scope: SyncScope, _ count: Int, of load: RemovalGuard.Load, names: [String]) {
        guard reason == .count else {
            text = "the directory shows none of the \(load.living) \(scope.rawValue) that the mirror holds"
            return
        }
        let place = Self.place(names).map { ", all below \($0)," } ?? ""
        let going = load.recent + count
        text =
            "\(going) of \(load.living + load.recent) \(scope.rawValue)\(place) would go within an hour, "
            + "more than sync.holdRemovals allows"
    }

    /// The longest name that all of them stand below, in the letters of the first.
    static func place(_ names: [String]) -> String? {
        guard let first = names.first else { return nil }
        var common = containers(first)
        for name in names.dropFirst() {
            common = zip(common, containers(name)).prefix { $0 == $1 }.map(\.0)
        }
        return common.isEmpty ? nil : common.reversed().joined(separator: ",")
    }

    /// The parts of the name but the first, the outermost first.
    private static func containers(_ name: String) -> [Substring] {
        var parts: [Substring] = []
        var start = name.startIndex
        var isEscaped = false
        for index in name.indices {
            if name[index] == ",", !isEscaped {
                parts.append(name[start..<index])
                start = name.index(after: index)
            }
            isEscaped = name[index] == "\\" && !isEscaped
        }
        parts.append(name[start...])
        return parts.dropFirst().reversed()
    }
}
