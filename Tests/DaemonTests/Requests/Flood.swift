import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient

/// A person at an address, as the front end tells of them.
struct Client: Sendable {
    let portal: PortalClient
    let address: String

    init(_ portal: PortalClient, from address: String) { (self.portal, self.address) = (portal, address) }

    func send(_ path: String, token: String? = nil, _ request: some Encodable) async throws -> LocalResponse {
        let headers = [(Routes.clientAddressHeader, address)]
        return try await portal.send("POST", path, token: token, headers: headers, body: try APIJSON.encode(request))
    }

    func start(_ login: String) async throws -> LocalResponse {
        try await send(Routes.Frontend.resets, StartResetRequest(login: login, purpose: "reset"))
    }

    func redeem(_ link: String) async throws -> LocalResponse {
        try await send(Routes.Frontend.resets, StartResetRequest(linkToken: link))
    }

    func askForLink(_ email: String) async throws -> Int {
        try await send(Routes.Frontend.resetLinks, ResetLinkRequest(email: email)).status
    }

    func tryChallenge(_ methodID: String, token: String) async throws -> LocalResponse {
        try await send(Routes.Frontend.resetChallenges, token: token, OpenResetChallengeRequest(methodId: methodID))
    }

    func challenge(_ methodID: String, token: String) async throws -> ChallengeDocument {
        try APIJSON.decode(ChallengeDocument.self, from: try await tryChallenge(methodID, token: token).body)
    }

    func answer(_ challenge: ChallengeDocument, _ code: String, token: String) async throws -> ResetDocument {
        let path = Routes.fill(Routes.Frontend.resetResponse, challenge.id)
        let answer = try await send(path, token: token, AnswerRequest(code: code))
        guard answer.status == 200 else {
            throw TestError("\(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return try APIJSON.decode(ResetDocument.self, from: answer.body)
    }
}

/// All that anybody can do to somebody without a proof, from many addresses.
struct Flood: Sendable {
    let portal: PortalClient
    let victim: String
    let email: String
    /// How often each status was an answer.
    private(set) var statuses: [Int: Int] = [:]
    /// Sessions for the victim's name that the flooder got.
    private(set) var sessions: [ResetDocument] = []

    private static let addresses = 40

    init(_ portal: PortalClient, victim: String, email: String) {
        (self.portal, self.victim, self.email) = (portal, victim, email)
    }

    func count(of status: Int) -> Int { statuses[status] ?? 0 }

    /// Links, sessions, wrong passwords and wrong codes, all at once from each address.
    func run() async throws -> Flood {
        var flood = self
        try await withThrowingTaskGroup(of: (statuses: [Int], sessions: [ResetDocument]).self) { group in
            for number in 1...Self.addresses {
                group.addTask { try await self.run(from: Client(self.portal, from: "203.0.113.\(number)")) }
            }
            for try await part in group {
                for status in part.statuses { flood.statuses[status, default: 0] += 1 }
                flood.sessions += part.sessions
            }
        }
        // What is kept for those who were quiet goes to newcomers: as many as it takes.
        for number in 0..<30 {
            let status = try await Client(portal, from: "192.0.2.\(number)").start(victim).status
            flood.statuses[status, default: 0] += 1
        }
        return flood
    }

    private func run(from client: Client) async throws -> (statuses: [Int], sessions: [ResetDocument]) {
        var statuses: [Int] = []
        var sessions: [ResetDocument] = []
        for _ in 0..<4 {
            statuses.append(try await client.askForLink(email))
            let signIn = SignInRequest(login: victim, password: "not this one")
            statuses.append(try await client.send(Routes.Frontend.signIns, signIn).status)
            let started = try await client.start(victim)
            statuses.append(started.status)
            guard started.status == 201 else { continue }
            let session = try APIJSON.decode(ResetDocument.self, from: started.body)
            sessions.append(session)
            for method in session.methods {
                // Recovery codes are slow to compare, above all in a daemon that is not optimised: see the test.
                let codes = method.kind == "recovery-codes" ? [] : ["000000", "not it"]
                statuses += try await answer(method.id, codes, session: session, from: client)
            }
        }
        return (statuses, sessions)
    }

    /// A challenge of the victim's method, and answers to it that are none.
    @discardableResult
    func answer(
        _ methodID: String,
        _ codes: [String],
        session: ResetDocument,
        from client: Client? = nil
    ) async throws -> [Int] {
        let client = client ?? Client(portal, from: "203.0.113.200")
        let token = session.token ?? ""
        let opened = try await client.tryChallenge(methodID, token: token)
        guard opened.status == 201 else { return [opened.status] }
        let challenge = try APIJSON.decode(ChallengeDocument.self, from: opened.body)
        let path = Routes.fill(Routes.Frontend.resetResponse, challenge.id)
        var statuses = [opened.status]
        for code in codes {
            statuses.append(try await client.send(path, token: token, AnswerRequest(code: code)).status)
        }
        return statuses
    }
}
