import Foundation
import Synchronization

/// What stood for a value the last time: one reset asks some thirty times for the same five, at five HMACs each.
/// For values that name somebody or something in the vault; addresses are not among them.
final class IndexMemory: Sendable {
    static let limit = 1024
    private let known = Mutex<[Data: Data]>([:])

    func index(of input: Data, _ make: (Data) -> Data) -> Data {
        if let index = known.withLock({ $0[input] }) { return index }
        let index = make(input)
        known.withLock { known in
            if known.count >= Self.limit { known = [:] }
            known[input] = index
        }
        return index
    }
}
