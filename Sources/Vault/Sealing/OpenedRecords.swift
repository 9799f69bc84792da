import Dispatch
import Foundation
import Synchronization

/// A record that may be kept opened for a moment: what it says is no secret of its own.
protocol BrieflyKept: Codable, Sendable {
    var mayBeKept: Bool { get }
}

extension BrieflyKept {
    var mayBeKept: Bool { true }
}

/// Records that were opened or sealed a moment ago. One reset reads its session, the person's methods and the key of the
/// person's audit some ten times each, and opening them took a sixth of the vault's time.
///
/// Something is found only by the very bytes that stand in the database, in the very place where they stand, under the
/// same key: whatever would not open is not found here either. Nothing is kept for longer than ``lifetime``.
final class OpenedRecords: Sendable {
    /// Where a record stands, and its bytes.
    struct Place: Hashable {
        var keyID: String
        var context: RecordContext
        var record: Data

        /// An AES-GCM record ends with its tag.
        func hash(into hasher: inout Hasher) { hasher.combine(record.suffix(Self.tagByteCount)) }

        private static let tagByteCount = 16
    }

    private struct Kept {
        var records: [Place: any Sendable] = [:]
        var isEndPlanned = false
    }

    static let limit = 512
    static let lifetime = DispatchTimeInterval.seconds(10)

    private let kept = Mutex(Kept())

    var count: Int { kept.withLock { $0.records.count } }

    func value<Value>(at place: Place) -> Value? { kept.withLock { $0.records[place] as? Value } }

    func keep(_ value: some BrieflyKept, at place: Place) {
        guard value.mayBeKept else { return }
        let isFirst = kept.withLock { kept in
            if kept.records.count >= Self.limit { kept.records = [:] }
            kept.records[place] = value
            defer { kept.isEndPlanned = true }
            return !kept.isEndPlanned
        }
        guard isFirst else { return }
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.lifetime) { [weak self] in self?.forget() }
    }

    func forget() { kept.withLock { $0 = Kept() } }
}
