/// One message as the server sent it, not yet decoded (RFC 4511, 4.1.1).
struct ServerMessage: Sendable {
    let id: Int32
    /// The tag of the protocolOp.
    let tag: UInt8
    /// The content of the protocolOp, then the controls as they are.
    let bytes: [UInt8]
    /// How many of the bytes belong to the protocolOp.
    let operationLength: Int

    /// - Parameter operationLength: at most the number of bytes.
    init(id: Int32, tag: UInt8, bytes: [UInt8], operationLength: Int) {
        self.id = id
        self.tag = tag
        self.bytes = bytes
        self.operationLength = min(max(0, operationLength), bytes.count)
    }

    static let searchEntry: UInt8 = 0x64
    static let searchDone: UInt8 = 0x65
    static let searchReference: UInt8 = 0x73
    static let extended: UInt8 = 0x78
    static let intermediate: UInt8 = 0x79

    /// Whether more messages of the same operation follow.
    var isPartial: Bool {
        tag == Self.searchEntry || tag == Self.searchReference || tag == Self.intermediate
    }

    var operation: BERReader { BERReader(bytes, within: 0..<operationLength) }

    /// The value of the control with this OID, or `nil` where the server sent none.
    func control(_ oid: String) throws(BERError) -> [UInt8]? {
        var reader = BERReader(bytes, within: operationLength..<bytes.count)
        let length = oid.utf8.count
        var oid = oid
        guard let list = try reader.nextIfPresent(BERTag.contextConstructed(0)) else { return nil }
        var controls = reader.reader(within: list)
        while !controls.isAtEnd {
            var control = controls.reader(within: try controls.next(BERTag.sequence))
            let name = try control.next(BERTag.octetString)
            guard name.count == length, oid.withUTF8({ unsafe $0.elementsEqual(bytes[name]) }) else { continue }
            _ = try control.nextBoolean(default: false)
            return control.isAtEnd ? [] : try control.nextOctets()
        }
        return nil
    }
}
