import Foundation

/// Joins parts so that no two different lists give the same bytes: each part has its length before it.
enum CanonicalBytes {
    static func join(_ parts: [[UInt8]]) -> Data {
        var data = Data()
        for part in parts {
            unsafe withUnsafeBytes(of: UInt64(part.count).bigEndian) { length in
                unsafe data.append(contentsOf: length)
            }
            data.append(contentsOf: part)
        }
        return data
    }
}
