/// The canonical form of the usual kind of name, in one pass over its bytes: ASCII, nothing escaped, no space
/// that could be insignificant, one value for each relative name, short types.
enum PlainDN {
    /// Longer types may be another name of a short one.
    private static let typeLengthMax = 4

    /// - Returns: `nil` where the name is of another kind, or is none.
    static func canonical(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { bytes in unsafe fold(bytes) }
    }

    private static func fold(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var scan = Scan()
        let isPlain = unsafe bytes.allSatisfy { scan.accepts($0) } && scan.mayEnd
        guard isPlain else { return nil }
        return unsafe String(unsafeUninitializedCapacity: bytes.count) { output in
            for index in bytes.indices {
                let byte = unsafe bytes[index]
                let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                unsafe output[index] = isUpper ? byte | AttributeName.caseBit : byte
            }
            return bytes.count
        }
    }

    private struct Scan {
        private var isInType = true
        private var typeLength = 0
        private var previous = UInt8(ascii: ",")

        var mayEnd: Bool { !isInType && previous != UInt8(ascii: " ") && previous != UInt8(ascii: "=") }

        mutating func accepts(_ byte: UInt8) -> Bool {
            defer { previous = byte }
            return isInType ? acceptsInType(byte) : acceptsInValue(byte)
        }

        private mutating func acceptsInType(_ byte: UInt8) -> Bool {
            if byte == UInt8(ascii: "=") {
                isInType = false
                return (1...typeLengthMax).contains(typeLength)
            }
            typeLength += 1
            let letter = byte | AttributeName.caseBit
            return letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
        }

        private mutating func acceptsInValue(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: ","):
                isInType = true
                typeLength = 0
                return previous != UInt8(ascii: " ") && previous != UInt8(ascii: "=")
            case UInt8(ascii: " "):
                return previous != UInt8(ascii: " ") && previous != UInt8(ascii: "=")
            case UInt8(ascii: "#"):
                return previous != UInt8(ascii: "=")
            case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "+"), UInt8(ascii: ";"), UInt8(ascii: "<"),
                UInt8(ascii: ">"):
                return false
            default:
                return byte > UInt8(ascii: " ") && byte < 0x7f
            }
        }
    }
}
