import Foundation

/// What the process that is going to be killed has told: a line before each step and one after it. A line that has no
/// end was not told.
struct CampaignJournal: Sendable {
    enum Line: Codable, Sendable {
        case ready(pid: Int32)
        case begins(CampaignStep, at: Date)
        case ended(CampaignOutcome)
    }

    private let path: String

    init(path: String) { self.path = path }

    func empty() throws { try Data().write(to: URL(fileURLWithPath: path)) }

    func append(_ line: Line) throws {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: try JSONEncoder().encode(line) + Data("\n".utf8))
        try handle.close()
    }

    /// Of whole lines.
    var count: Int {
        get throws { try Data(contentsOf: URL(fileURLWithPath: path)).count { $0 == UInt8(ascii: "\n") } }
    }

    var lines: [Line] {
        get throws {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            guard let end = data.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
            return try data[..<end].split(separator: UInt8(ascii: "\n")).map {
                try JSONDecoder().decode(Line.self, from: Data($0))
            }
        }
    }
}
