import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import SelfService
import Testing

/// One value has one hint, wherever it is shown and to whom: nobody puts two of them together.
@Suite("Masked values")
struct HintTests {
    private static let address = "zebra.private@mail.example"
    private static let policies = """
          - name: everybody
            methods: [mobile-phone, alternate-phone, office-phone, email]
            register: { minimum: 2 }
            reset: { gates: 2 }
        """

    @Test("a number registered three times over is hinted by the same two digits, in every place")
    func everywhere() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, .with { $0.policies = Self.policies }) { daemon in
                let portal = daemon.portal
                let token = try await portal.enrol("alice", address: Self.address, number: "+1 (202) 555-0142")
                _ = try await portal.add("alternate-phone", "+1.202.555.0142", token: token)
                let office = ["+12025550142", "--extension", "9137", "--reason", "desk"]
                let entered = try await daemon.control(["methods", "add", "alice", "office-phone"] + office)
                #expect(entered.status == 0, "\(entered.errors)")

                let hints = try await Self.hints(daemon, token)
                #expect(hints.phones.count >= 12 && Set(hints.phones) == ["•••42"], "\(hints.phones)")
                #expect(hints.addresses.count >= 5 && Set(hints.addresses) == ["z•••@•••"])
            }
        }
    }

    private struct Hints {
        var phones: [String] = []
        var addresses: [String] = []

        mutating func add(_ kind: String, _ hint: String) {
            if kind == "email" { addresses.append(hint) } else { phones.append(hint) }
        }
    }

    /// To the person before and after a fresh proof, to administrators, and to whoever starts a reset.
    private static func hints(_ daemon: DaemonFixture, _ fresh: String) async throws -> Hints {
        let portal = daemon.portal
        var hints = Hints()
        let stale = try await portal.signIn("alice")
        let revealed = try await daemon.control("--json", "methods", "list", "alice", "--reveal", "--reason", "r")
        let lists = [
            stale.registration.methods, try await portal.registration(fresh).methods,
            try await daemon.document(ListDocument<MethodDocument>.self, "methods", "list", "alice").items,
            try APIJSON.decode(ListDocument<MethodDocument>.self, from: Data(revealed.output.utf8)).items,
        ]
        for method in lists.joined() where method.state != "candidate" { hints.add(method.kind, method.hint) }
        // What the directory has is another number.
        for method in try await daemon.document(ExplanationDocument.self, "explain", "alice").methods
        where !method.findings.contains(where: { $0.code == "candidate" }) {
            hints.add(method.kind, method.hint)
        }
        for purpose in ["reset", "unlock"] {
            for method in try await portal.startReset("alice", purpose).methods { hints.add(method.kind, method.hint) }
        }
        return hints
    }

    @Test(
        "a hint says nothing of a number's length, country or extension, nor of an address's",
        arguments: [
            (
                MethodKind.mobilePhone, ["+12025550142", "+4930123442", "+442079460142", "+12025550142;ext=9137"],
                "•••42"
            ),
            (.officePhone, ["+12025550142", "+12025550142;ext=42", "+4930123442;ext=1"], "•••42"),
            (.email, ["z@a.example", "zebra.private@mail.example", "zoe+tag@sub.a.example"], "z•••@•••"),
        ]
    )
    func uniform(kind: MethodKind, values: [String], hint: String) {
        for value in values { #expect(Hint.of(value, kind: kind) == hint) }
    }
}
