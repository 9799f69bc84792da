import Foundation
import LatchkeyTesting
import LocalClient
import SelfService
import Testing

@testable import LocalServer

@Suite("The client's address")
struct ClientNetworkTests {
    static let same: [[String]] = [
        ["192.0.2.1", "::ffff:192.0.2.1", "::ffff:c000:201"],
        ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:0DB8:0001:0002::"],
        ["fe80::1%eth0", "fe80::2"],
        ["", "nonsense", "192.0.2.256", "192.0.2.1, 10.0.0.1", "[::1]", "192.0.2.1:443"],
    ]

    @Test("the client's address is one name for each subscriber, and nothing but an address is one", arguments: same)
    func names(of one: [String]) {
        #expect(Set(one.map(ClientNetwork.name(of:))).count == 1)
    }

    @Test("different subscribers have different names")
    func different() {
        let addresses = Self.same.map { $0[0] } + ["192.0.2.2", "2001:db8:1:3::1"]
        #expect(Set(addresses.map(ClientNetwork.name(of:))).count == addresses.count)
    }

    @Test("a front end's header reaches the services, and is no right of its own")
    func header() async throws {
        try await TestSockets.serve { sockets in
            let body = Data(#"{"login":"alice","purpose":"reset"}"#.utf8)
            let headers = [("Latchkey-Client-Address", "192.0.2.1")]
            _ = try await sockets.client.send("POST", "/v1/resets", headers: headers, body: body)
            _ = try await sockets.client.send("POST", "/v1/resets", body: body)
            let calls = await sockets.frontend.calls
            #expect(calls.map(\.caller.network) == ["c0000201", nil])
        }
    }
}
