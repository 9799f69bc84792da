package import Audit
import Foundation
import GRDB
package import Identity
package import SelfService

extension VaultTransaction {
    func countedLimits(of person: EntryID, _ limits: Limits) throws -> [CountedLimit] {
        let subject = secrets.index.subject(.person(person))
        var counted: [CountedLimit?] = [
            try limit(
                .signIns,
                Counter(sort: .signIns, key: subject, window: limits.signInWindow),
                .signInFailures,
                limits
            ),
            try limited(.passes, Counter(sort: .passes, key: subject, window: limits.signInWindow), Self.passAttempts),
            try limit(
                .messages,
                Counter(sort: .messages, key: subject, window: limits.window),
                .messagesPerPerson,
                limits
            ),
        ]
        for method in try methods(of: person) {
            for isKnown in [false, true] where method.kind != .recoveryCodes {
                let counter = wrongAnswers(method.id, of: .person(person), window: limits.window, isKnown: isKnown)
                counted.append(try limit(.wrongAnswers, counter, .wrongAnswersPerMethod, limits, method.id))
            }
        }
        return counted.compactMap(\.self)
    }

    private func limit(
        _ what: CountedLimit.What,
        _ counter: Counter,
        _ name: LimitName,
        _ limits: Limits,
        _ methodID: String? = nil
    ) throws -> CountedLimit? {
        try limits.held(name).flatMap { try limited(what, counter, $0, methodID) }
    }

    /// Nil where nothing is counted.
    private func limited(
        _ what: CountedLimit.What,
        _ counter: Counter,
        _ most: Int,
        _ methodID: String? = nil
    ) throws -> CountedLimit? {
        let count = try Int.fetchOne(
            db,
            cached: "SELECT count(*) FROM counted WHERE what = ? AND key = ? AND time > ?",
            arguments: [counter.sort.rawValue, counter.key, (now - counter.window).count]
        )
        guard let count, count > 0 else { return nil }
        let until = try wait(counter, limit: most).map { (now + TimeInterval($0)).date }
        return CountedLimit(what, methodID: methodID, count: count, limit: most, until: until)
    }

    /// - Returns: whether there were any.
    @discardableResult
    func forgetFailures(of person: EntryID) throws -> Bool {
        let subject = Subject.person(person)
        var counters = [Counter.Sort.signIns, .passes].map {
            Counter(sort: $0, key: secrets.index.subject(subject), window: 0)
        }
        for method in try methods(of: person) {
            for isKnown in [false, true] {
                counters.append(wrongAnswers(method.id, of: subject, window: 0, isKnown: isKnown))
            }
        }
        let before = db.totalChangesCount
        for counter in counters { try forget(counter) }
        return db.totalChangesCount > before
    }
}

extension VaultDatabase: LimitStore {
    package func countedLimits(of person: EntryID, limits: Limits) async throws -> [CountedLimit] {
        try await decide { try $0.countedLimits(of: person, limits) }
    }

    package func clearFailures(
        of person: EntryID,
        details: [String: String],
        by actor: AuditActor
    ) async throws -> Bool {
        try await decide { transaction in
            let hasCleared = try transaction.forgetFailures(of: person)
            try transaction.audit(
                AuditEvent(.limitsCleared, .done, by: actor, about: person, details: details)
            )
            return hasCleared
        }
    }
}
