/// Which methods each path takes.
struct MethodTable: Sendable {
    private struct Row: Sendable {
        var segments: [Substring]
        var methods: [String]
    }

    private let rows: [Row]

    init(_ methods: [String: Set<String>]) {
        rows = methods.map { template, methods in
            let all = methods.contains("GET") ? methods.union(["HEAD"]) : methods
            return Row(segments: Self.split(template), methods: all.sorted())
        }
    }

    /// Nil for a path that nobody serves.
    func methods(of path: String) -> [String]? {
        let segments = Self.split(path)
        let found = rows.filter { row in
            row.segments.count == segments.count
                && zip(row.segments, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return found.isEmpty ? nil : Set(found.flatMap(\.methods)).sorted()
    }

    private static func split(_ path: String) -> [Substring] {
        path.split(separator: "/")
    }
}
