/// The controls and the intermediate message of content synchronisation, to and from BER (RFC 4533, 2).
enum SyncControls {
    static let request = "1.3.6.1.4.1.4203.1.9.1.1"
    private static let state = "1.3.6.1.4.1.4203.1.9.1.2"
    private static let done = "1.3.6.1.4.1.4203.1.9.1.3"
    private static let info = "1.3.6.1.4.1.4203.1.9.1.4"

    /// The reload hint stays FALSE: whether a reload is wanted is ours to decide.
    static func request(_ mode: SyncSearchRequest.Mode, cookie: [UInt8]?) -> RequestControl {
        var writer = BERWriter()
        writer.constructed { value in
            value.integer(mode.rawValue, tag: BERTag.enumerated)
            if let cookie { value.octets(cookie) }
        }
        return RequestControl(oid: request, isCritical: true, value: writer.bytes)
    }

    /// - Returns: `nil` for an intermediate message that is not about synchronisation.
    static func decode(_ message: ServerMessage) throws(BERError) -> SyncMessage? {
        switch message.tag {
        case ServerMessage.searchEntry: .entry(try entry(message))
        case ServerMessage.searchReference: .reference
        case ServerMessage.intermediate: try intermediate(message)
        default: try done(message)
        }
    }

    private static func entry(_ message: ServerMessage) throws(BERError) -> SyncEntry {
        guard let value = try message.control(state) else { throw BERError() }
        var outer = BERReader(value)
        var reader = outer.reader(within: try outer.next(BERTag.sequence))
        guard let state = SyncEntry.State(rawValue: try reader.nextInteger(BERTag.enumerated)) else {
            throw BERError()
        }
        let id = try SyncUUID(value[try reader.next(BERTag.octetString)])
        return SyncEntry(
            state: state,
            id: id,
            entry: try SearchEntry(message),
            cookie: try optionalOctets(&reader)
        )
    }

    private static func done(_ message: ServerMessage) throws(BERError) -> SyncMessage {
        guard let value = try message.control(done) else { return .done(cookie: nil, refreshDeletes: false) }
        var outer = BERReader(value)
        var reader = outer.reader(within: try outer.next(BERTag.sequence))
        return .done(
            cookie: try optionalOctets(&reader),
            refreshDeletes: try reader.nextBoolean(default: false)
        )
    }

    private static func intermediate(_ message: ServerMessage) throws(BERError) -> SyncMessage? {
        var reader = message.operation
        guard let name = try reader.nextIfPresent(BERTag.context(0)), reader.string(name) == info else { return nil }
        var value = BERReader(try reader.nextOctets(BERTag.context(1)))
        let choice = try value.next()
        var fields = value.reader(within: choice.content)
        switch choice.tag {
        case BERTag.context(0):
            return .newCookie(Array(value.bytes[choice.content]))
        case BERTag.contextConstructed(1):
            return .refreshDelete(
                cookie: try optionalOctets(&fields),
                refreshDone: try fields.nextBoolean(default: true)
            )
        case BERTag.contextConstructed(2):
            return .refreshPresent(
                cookie: try optionalOctets(&fields),
                refreshDone: try fields.nextBoolean(default: true)
            )
        case BERTag.contextConstructed(3):
            return try idSet(&fields)
        default:
            throw BERError()
        }
    }

    private static func idSet(_ fields: inout BERReader) throws(BERError) -> SyncMessage {
        let cookie = try optionalOctets(&fields)
        let refreshDeletes = try fields.nextBoolean(default: false)
        var set = fields.reader(within: try fields.next(BERTag.set))
        var ids: [SyncUUID] = []
        while !set.isAtEnd { ids.append(try SyncUUID(set.bytes[try set.next(BERTag.octetString)])) }
        return .idSet(cookie: cookie, refreshDeletes: refreshDeletes, ids: ids)
    }

    private static func optionalOctets(_ reader: inout BERReader) throws(BERError) -> [UInt8]? {
        reader.nextTag == BERTag.octetString ? try reader.nextOctets() : nil
    }
}
