/// Faults that were seen in the field. `text` names the searches that they meet: those whose request has it
/// anywhere, such as the object class that the filter asks for.
extension LDAPFault {
    /// The search ends with this result code after so many entries (3: the time limit, 4: the size limit).
    package static func ends(_ text: String, with code: Int, after entries: Int) -> LDAPFault {
        LDAPFault(onAnswer: { answer in
            guard answer.request.message.mentions(text), answer.request.base != nil,
                answer.entriesBefore >= entries, !answer.isLive
            else { return .pass }
            return .end(WireMessage.searchEnd(of: answer.message.id, code: code))
        })
    }

    /// A write is made, and its answer gets lost with the connection.
    package static var losesAnswersOfWrites: LDAPFault {
        LDAPFault(onRequest: { $0.message.isWrite ? .loseAnswer : .pass })
    }

    /// A write is made and answered, and then the connection breaks.
    package static var cutsAfterWrites: LDAPFault {
        LDAPFault(onRequest: { $0.message.isWrite ? .cutAfterAnswer : .pass })
    }

    /// No write comes through, and nobody is told.
    package static var swallowsWrites: LDAPFault {
        LDAPFault(onRequest: { $0.message.isWrite ? .drop : .pass })
    }

    /// A write is made, and whoever asked for it goes on waiting. It is told when the write is on its way to the server:
    /// whoever tries passwords before that locks the account.
    package static func swallowsAnswersOfWrites(_ isSent: @escaping @Sendable () -> Void) -> LDAPFault {
        LDAPFault(onRequest: { request in
            guard request.message.isWrite else { return .pass }
            isSent()
            return .swallowAnswer
        })
    }

    /// A write is made, and whoever asked for it goes on waiting.
    package static var swallowsAnswersOfWrites: LDAPFault {
        LDAPFault(onRequest: { $0.message.isWrite ? .swallowAnswer : .pass })
    }

    /// A write is answered like that and not made.
    package static func answersWrites(with code: Int, _ diagnostic: String) -> LDAPFault {
        LDAPFault(onRequest: { request in
            guard request.message.isWrite else { return .pass }
            return .answer(WireMessage.modifyEnd(of: request.message.id, code: code, diagnostic: diagnostic))
        })
    }

    /// Every search that goes on from a cookie is refused with this result code.
    package static func refusesCookies(with code: Int, _ diagnostic: String) -> LDAPFault {
        LDAPFault(onRequest: { request in
            guard request.cookie != nil else { return .pass }
            return .answer(WireMessage.searchEnd(of: request.message.id, code: code, diagnostic: diagnostic))
        })
    }

    /// The server takes cookies as if they were not there.
    package static var ignoresCookies: LDAPFault {
        LDAPFault(onRequest: { $0.cookie == nil ? .pass : .replace($0.withoutCookie) })
    }

    /// Searches succeed and deliver nobody.
    package static func hides(_ text: String) -> LDAPFault {
        LDAPFault(onAnswer: { answer in
            guard answer.request.message.mentions(text) else { return .pass }
            let names = answer.message.isEntry || answer.message.syncInfo == .present
            return names ? .replace([]) : .pass
        })
    }

    /// Of the sets of entries that are present, only the first `sets` reach the client. The refresh ends
    /// with success.
    package static func losesPresentSets(after sets: Int = 0) -> LDAPFault {
        LDAPFault(onAnswer: { answer in
            answer.message.syncInfo == .present && answer.presentSetsBefore >= sets ? .replace([]) : .pass
        })
    }

    /// A continuation reference stands before each entry of a search.
    package static func refers(_ text: String, to uri: String) -> LDAPFault {
        LDAPFault(onAnswer: { answer in
            guard answer.message.isEntry, answer.request.message.mentions(text) else { return .pass }
            return .replace([WireMessage.reference(of: answer.message.id, to: uri), answer.message.bytes])
        })
    }

    /// Entries that mention `text` get lost while the content is followed; cookies after them arrive.
    package static func losesLive(_ text: String) -> LDAPFault {
        LDAPFault(onAnswer: { answer in
            guard answer.isLive, answer.message.isEntry, answer.message.mentions(text) else { return .pass }
            return .replace([])
        })
    }

    /// In the entries of a search these words are others of the same length.
    package static func rewrites(_ text: String, _ words: [(old: String, new: String)]) -> LDAPFault {
        LDAPFault(onAnswer: { answer in
            guard answer.message.isEntry, answer.request.message.mentions(text) else { return .pass }
            var bytes = answer.message.bytes
            for (old, new) in words.map({ (Array($0.old.utf8), Array($0.new.utf8)) }) where old.count == new.count {
                for range in bytes.ranges(of: old) { bytes.replaceSubrange(range, with: new) }
            }
            return .replace([bytes])
        })
    }

    /// The connection breaks after so many entries of a search.
    package static func cuts(_ text: String, after entries: Int) -> LDAPFault {
        LDAPFault(onAnswer: { answer in
            answer.request.message.mentions(text) && answer.entriesBefore >= entries ? .cut : .pass
        })
    }
}
