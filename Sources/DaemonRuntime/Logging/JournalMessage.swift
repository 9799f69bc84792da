import Logging

/// What an operator may want to match on: a line of the log with an id that stays, whatever becomes of its words
/// (`MESSAGE_ID`, systemd.journal-fields(7)). `etc/journal.md` tells of each what it means.
struct JournalMessage: Sendable {
    /// The key of the metadata that names an incident whose words are made when it happens.
    static let incidentKey = "incident"

    /// 128 bits in hexadecimal digits.
    let id: String
    /// Its words, or how they begin; nil for one that bears its name.
    let beginning: String?
    let incident: String?

    private init(_ id: String, begins beginning: String) {
        self.id = id
        self.beginning = beginning
        incident = nil
    }

    private init(_ id: String, incident: String) {
        self.id = id
        self.incident = incident
        beginning = nil
    }

    /// - Returns: nil for a line that nobody needs to match on.
    static func id(of message: String, _ metadata: Logger.Metadata) -> String? {
        // Words that come from a server must not pass for another incident's.
        if let incident = metadata[incidentKey] { return all.first { $0.incident == "\(incident)" }?.id }
        return all.first { $0.beginning.map(message.hasPrefix) ?? false }?.id
    }

    static let all = [
        Self("bbd74663b3ec4dffb67f09a83b957af4", begins: "latchkeyd serves"),
        Self("f40b46914775447588d01c6bf5e4dec1", begins: "caught up with the directory"),
        Self("292d384eb3204418adb937f91d2285d6", incident: "directory-lost"),
        Self("6f1f9c297b634d8aa8639fefe31a25e9", begins: "the directory is followed again after "),
        Self("7de56767b1ab45a6a9e5c162d20ea5a1", begins: "verification found what the server had not told"),
        Self("7c7a6e35121642dbbd1c75ae584a9ddc", incident: "quarantine-began"),
        Self("f30790a614e843c28ad694e5aece5f4a", begins: "the quarantine is empty; "),
        Self("a2bffbe2b44744f0b41222037b54b007", begins: "the audit ends at "),
        Self("1fa1f3a1ebba43b08449d25c6d661362", begins: "the configuration was read again and is in force"),
        Self("4664098e0a0e42f8ba4f5b4bbe2019b0", begins: "the configuration is not good; the one in force stays"),
        Self("d7734cc348db4c59aa59e792b9a53b57", begins: "some sections differ and are read at a start only; "),
        Self("c30adf8cd9d643d1b32bc0e260946495", begins: "a write to the directory failed"),
        Self("87527038d3ba4029a26e2e98ec5d6022", begins: "a write was left without an outcome and is now resolved"),
        Self("a1df6d7100fc41c59223013b2af5dabe", begins: "a written password is undone by the directory; "),
        Self("00f26e7d7992459d945199f08af891dd", begins: "a linked directory did not answer"),
        Self("e70ae6826a7c46ef8c0b27a0de324627", begins: "a message was held back by a budget"),
        Self("982a339bcee945ab8065a045bf677d3b", begins: "a message was given up"),
        Self("a5999590266c4886a9d64b4ee4af4d69", begins: "the vault did not answer"),
        Self("de83a12daaa24ad798b2506b1b2f4d0c", begins: "the mirror did not answer"),
        Self("ca81779c01df4bf7ba2db2aade8fab13", begins: "records of the vault do not open"),
        Self("bce709bf96be4e6fbef489ca71b49ea5", begins: "all records of the vault are under its new keys"),
        Self("8a3396bcbddb43ef922274448be98a76", begins: "A request failed for a reason of the daemon's own."),
    ]
}
