import DirectoryServers
import Foundation
import LatchkeyTesting

/// A real directory that the conformance suite changes, whatever product it is.
///
/// It holds at first what ``SlapdContent/people(below:passwordHash:)`` tells: Alice, Bob, Carol, Dave and Erin;
/// `staff` (Alice, Bob) within `all` (staff, Carol); `ring-a` and `ring-b` within each other, Dave in the first.
protocol DirectoryUnderTest: Sendable {
    /// How Latchkey follows it.
    var settings: DirectorySettings { get throws }
    /// The strategy that is to be chosen.
    var strategy: String { get }
    /// For files that go with it.
    var folder: URL { get }

    func addPerson(_ login: String) async throws
    func addPeople(_ logins: [String]) async throws
    func setMail(_ login: String, _ mail: String) async throws
    func rename(_ login: String, to new: String) async throws
    func deletePerson(_ login: String) async throws
    /// To a place that is not followed.
    func moveOut(_ login: String) async throws
    func moveIn(_ login: String) async throws
    func join(_ login: String, _ group: String) async throws
    func leave(_ login: String, _ group: String) async throws

    func start() async throws
    /// Without a warning.
    func kill() async
}

extension DirectoryUnderTest {
    /// So quick that a test need not wait, with both kinds of question.
    var rhythm: PollingRhythm { PollingRhythm(interval: .milliseconds(20), questionsPerAudit: 2) }

    func mirrorFolder() throws -> URL {
        let folder = folder.appendingPathComponent("mirror-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Runs the body with a follower that has caught up.
    func followed<Value: Sendable>(
        in folder: URL? = nil,
        _ body: (Follower) async throws -> Value
    ) async throws -> Value {
        try await withFollower(settings, folder: folder ?? mirrorFolder(), rhythm: rhythm) { (follower) async throws in
            try await follower.current()
            return try await body(follower)
        }
    }
}
