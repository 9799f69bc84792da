import Foundation
import GRDB
import Identity
import SelfService

extension VaultTransaction {
    /// Seconds after which a notice is given up.
    static var noticeLifetime: TimeInterval { 86400 }

    /// Queues a notice to every address and number that a person has proven so far (NIST SP 800-63B-4, 4.6).
    /// Who is still registering for the first time sees on the page what is added.
    /// - Parameter evenIfIncomplete: what somebody else does is told to who is still registering, too.
    func tell(_ notice: Notice, _ person: EntryID, evenIfIncomplete: Bool = false) throws {
        guard try evenIfIncomplete || isComplete(person) else { return }
        for method in try methods(of: person) where method.state == .verified {
            switch method.kind {
            case .email:
                let link = try repudiation(person)
                try queue(notice.message(to: method.destination, channel: .email, link: link), for: .person(person))
            case .mobilePhone: try queue(notice.message(to: method.destination, channel: .text), for: .person(person))
            default: continue
            }
        }
    }

    /// The URL with which whoever reads a notice can say that it was not them.
    private func repudiation(_ person: EntryID) throws -> String? {
        guard let links else { return nil }
        let sealed = SealedLink(subject: person, isDecoy: false)
        let link = try insertLink(.repudiation, sealed, lifetime: links.repudiationLifetime)
        return links.url(.repudiation, token: link.token)
    }
}
