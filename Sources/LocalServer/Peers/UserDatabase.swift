import Glibc

/// The system's users and groups (getpwnam(3), getgrnam(3)). Every call may block.
package enum UserDatabase {
    private static let bufferSize = 16 * 1024
    private static let groupLimit: CInt = 1024

    package static func user(named name: String) -> UInt32? {
        unsafe entry { entry, buffer, size, found in
            unsafe getpwnam_r(name, entry, buffer, size, found)
        } read: { (entry: passwd) in
            unsafe entry.pw_uid
        }
    }

    package static func group(named name: String) -> UInt32? {
        unsafe entry { entry, buffer, size, found in
            unsafe getgrnam_r(name, entry, buffer, size, found)
        } read: { (entry: Glibc.group) in
            unsafe entry.gr_gid
        }
    }

    package static func name(ofUser uid: UInt32) -> String? {
        unsafe entry { entry, buffer, size, found in
            unsafe getpwuid_r(uid, entry, buffer, size, found)
        } read: { (entry: passwd) in
            unsafe String(cString: entry.pw_name)
        }
    }

    /// The groups of a user, the primary one included.
    package static func groups(ofUser name: String, primary: UInt32) -> Set<UInt32> {
        var count = groupLimit
        var ids = [gid_t](repeating: 0, count: Int(groupLimit))
        guard unsafe getgrouplist(name, primary, &ids, &count) >= 0 else { return [primary] }
        return Set(ids.prefix(Int(count)))
    }

    private static func entry<Entry, Value>(
        _ look: (
            UnsafeMutablePointer<Entry>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<Entry>?>
        ) -> CInt,
        read: (Entry) -> Value
    ) -> Value? {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: bufferSize) { buffer in
            unsafe withUnsafeTemporaryAllocation(of: Entry.self, capacity: 1) { place in
                guard let entry = place.baseAddress, let text = buffer.baseAddress else { return nil }
                var found: UnsafeMutablePointer<Entry>?
                guard unsafe look(entry, text, bufferSize, &found) == 0, let found = unsafe found else { return nil }
                return unsafe read(found.pointee)
            }
        }
    }
}
