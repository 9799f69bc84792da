import Foundation

/// The host's own users and groups (nsswitch.conf(5)). Blocks.
package struct SystemNameService: NameService {
    private static let bufferStart = 4096
    private static let bufferMax = 1 << 20

    package init() {}

    package func uid(ofUser name: String) -> UInt32? {
        unsafe Self.withGrowingBuffer { buffer, length in
            var record = unsafe passwd()
            var found: UnsafeMutablePointer<passwd>?
            let code = unsafe getpwnam_r(name, &record, buffer, length, &found)
            return (code, unsafe found.map { unsafe $0.pointee.pw_uid })
        }
    }

    package func gid(ofGroup name: String) -> UInt32? {
        unsafe Self.withGrowingBuffer { buffer, length in
            var record = unsafe group()
            var found: UnsafeMutablePointer<group>?
            let code = unsafe getgrnam_r(name, &record, buffer, length, &found)
            return (code, unsafe found.map { unsafe $0.pointee.gr_gid })
        }
    }

    /// Asks again with more room as long as the answer is ERANGE (getpwnam_r(3)).
    private static func withGrowingBuffer(
        _ ask: (UnsafeMutablePointer<CChar>, Int) -> (Int32, UInt32?)
    ) -> UInt32? {
        var length = bufferStart
        while length <= bufferMax {
            let (code, number) = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: length) { buffer in
                guard let start = buffer.baseAddress else { return (ERANGE, UInt32?.none) }
                return unsafe ask(start, length)
            }
            guard code == ERANGE || code == EINTR else { return number }
            length *= 2
        }
        return nil
    }
}
