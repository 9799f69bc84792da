import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing

@Suite("Whom an administrator may act on")
struct AdmissionTests {
    private let clerk = Administrator.with(
        [.lookUp, .unlock, .issuePass, .editMethods, .release, .reveal],
        over: .roles(["Students"])
    )

    private func scene(protectedRoles: [String] = ["bosses"]) throws -> ServiceScene {
        let scene = try ServiceScene(protectedRoles: protectedRoles)
        scene.directory.add(ServiceScene.bob)
        scene.directory.add(ServiceScene.boss)
        return scene
    }

    @Test("a capability over roles reaches who holds one of them, and nobody else")
    func reach() async throws {
        let scene = try scene()
        #expect(try await scene.helpdesk.issuePass(to: "bob", lifetime: nil, reason: "x", by: clerk).value != nil)
        let error = try await scene.refusal {
            try await scene.helpdesk.issuePass(to: "alice", lifetime: nil, reason: "x", by: clerk)
        }
        #expect(error.code == .notFound)
        let refused = try await scene.records().first { $0.action == .administrationRefused }
        #expect(refused?.subject == ServiceScene.alice.id && refused?.details["reason"] == "out-of-reach")
    }

    @Test("a role that only the living directory knows counts, for looking and acting")
    func liveRoles() async throws {
        let scene = try scene()
        var moved = ServiceScene.alice
        moved.roles = ["students"]
        scene.directory.hold(mirrored: ServiceScene.alice, live: moved)
        #expect(try await scene.helpdesk.methods(of: "alice", by: clerk).isEmpty)
        #expect(try await scene.helpdesk.revokePass(of: "alice", reason: "x", by: clerk).value == false)
    }

    @Test("out of reach, nobody is told from somebody who does not exist: the same words after the same questions")
    func sameAnswer() async throws {
        let scene = try scene()
        var answers: [ServiceError] = []
        var questions: [[String]] = []
        for login in ["alice", "nobody", "boss"] {
            for act in [0, 1] {
                scene.directory.forgetCalls()
                answers.append(
                    try await scene.refusal {
                        if act == 0 {
                            _ = try await scene.helpdesk.freeze(login: login, reason: "x", by: clerk)
                        } else {
                            _ = try await scene.helpdesk.revealMethods(of: login, reason: "x", by: clerk)
                        }
                    }
                )
                questions.append(scene.directory.calls)
            }
        }
        #expect(Set(answers.map(\.code)) == [.notFound])
        #expect(answers[0] == answers[2] && answers[0] == answers[4])
        #expect(answers[1] == answers[3] && answers[1] == answers[5])
        #expect(Set(questions) == [["account"]])
        let seen = try await scene.refusal { try await scene.helpdesk.methods(of: "alice", by: clerk) }
        let unseen = try await scene.refusal { try await scene.helpdesk.methods(of: "nobody", by: clerk) }
        #expect(seen == unseen)
    }

    @Test("one grant must have both the capability and the person")
    func oneGrant() async throws {
        let scene = try scene()
        let mixed = Administrator(
            uid: 1002,
            name: "clerk",
            grants: [
                .init(may: [.lookUp], over: .everybody), .init(may: [.release], over: .roles(["students"])),
            ]
        )
        #expect(try await scene.helpdesk.explain(login: "alice", by: mixed).user.login == "alice")
        let error = try await scene.refusal {
            try await scene.helpdesk.freeze(login: "alice", reason: "x", by: mixed)
        }
        #expect(error.code == .notFound)
    }

    @Test(
        "nobody acts on themselves, however system and directory write the name",
        arguments: ["alice", " ALICE ", "alice@example.org", #"EXAMPLE\alice"#]
    )
    func oneself(name: String) async throws {
        let scene = try scene()
        let own = Administrator.with([.all], name: name)
        for act in 0..<4 {
            let error = try await scene.refusal {
                switch act {
                case 0: _ = try await scene.helpdesk.issuePass(to: "Alice ", lifetime: nil, reason: "x", by: own)
                case 1: _ = try await scene.helpdesk.revealMethods(of: "alice", reason: "x", by: own)
                case 2: _ = try await scene.helpdesk.unlock(login: "alice", reason: "x", by: own)
                default: _ = try await scene.add(.email, "a@example.net", by: own)
                }
            }
            #expect(error.code == .notPermitted)
        }
        #expect(try await scene.stored().methods.isEmpty)
    }

    @Test("who has no name may not act: nobody can tell whether it is their own account")
    func nameless() async throws {
        let scene = try scene()
        let nameless = Administrator(uid: 5, name: nil, grants: [.init(may: [.all])])
        let error = try await scene.refusal {
            try await scene.helpdesk.freeze(login: "alice", reason: "x", by: nameless)
        }
        #expect(error.code == .notPermitted)
    }

    @Test("an action without a reason, or with one that spoils the audit, is none", arguments: ["", " ", "a\nb"])
    func reason(text: String) async throws {
        let scene = try scene()
        let error = try await scene.refusal {
            try await scene.helpdesk.freeze(login: "alice", reason: text, by: .helper)
        }
        #expect(error.code == .invalidValue && error.field == "reason")
        let long = String(repeating: "x", count: AdminReason.limit + 1)
        let tooLong = try await scene.refusal {
            try await scene.helpdesk.unlock(login: "alice", reason: long, by: .helper)
        }
        #expect(tooLong.field == "reason")
    }

    @Test("without the directory nothing is done to anybody")
    func directoryAway() async throws {
        let scene = try scene()
        scene.directory.fail(with: DirectoryFailure(detail: "gone"))
        let error = try await scene.refusal {
            try await scene.helpdesk.issuePass(to: "bob", lifetime: nil, reason: "x", by: .helper)
        }
        #expect(error.code == .directoryUnavailable)
        #expect(try await scene.stored(ServiceScene.bob.id).methods.isEmpty)
    }

    // MARK: Protected people

    @Test("a protected person needs a second administrator, who is somebody else, and then the request once more")
    func approval() async throws {
        let scene = try scene()
        let asked = try await scene.helpdesk.issuePass(to: "boss", lifetime: nil, reason: "ticket", by: .helper)
        let approval = try #require(asked.approval)
        #expect(try await scene.stored(ServiceScene.boss.id).methods.isEmpty)
        let own = try await scene.refusal { try await scene.helpdesk.approve(approval.id, by: .helper) }
        #expect(own.code == .notPermitted)
        let again = try await scene.helpdesk.issuePass(to: "boss", lifetime: nil, reason: "please", by: .helper)
        #expect(again.approval?.id == approval.id)
        #expect(try await scene.helpdesk.approvals(by: .second).map(\.login) == ["boss"])
        #expect(try await scene.helpdesk.approve(approval.id, by: .second).approval.state == .approved)
        let other = try await scene.helpdesk.issuePass(to: "boss", lifetime: nil, reason: "mine", by: .second)
        #expect(other.approval != nil, "the approval is of the other's request")
        let longer = try await scene.helpdesk.issuePass(to: "boss", lifetime: 7200, reason: "ticket", by: .helper)
        #expect(longer.approval != nil, "and of no other pass")
        let done = try await scene.helpdesk.issuePass(to: "boss", lifetime: nil, reason: "ticket", by: .helper)
        #expect(done.value != nil)
        let spent = try await scene.helpdesk.issuePass(to: "boss", lifetime: nil, reason: "ticket", by: .helper)
        #expect(spent.approval != nil, "it is good for once")
        let issued = try await scene.records().first { $0.action == .passIssued }
        #expect(issued?.details["approvedBy"] == "1001" && issued?.details["approval"] == approval.id)
    }

    @Test("nobody is asked to approve what cannot be done")
    func nothingToApprove() async throws {
        let scene = try scene()
        let error = try await scene.refusal { try await scene.add(.email, "no address", to: "boss") }
        #expect(error.code == .invalidValue)
        #expect(try await scene.helpdesk.approvals(by: .second).isEmpty)
    }

    @Test("an approval lapses after 15 minutes, and so does a request")
    func lapse() async throws {
        let scene = try scene()
        func ask() async throws -> AdminOutcome<Bool> {
            try await scene.helpdesk.freeze(login: "boss", reason: "x", by: .helper)
        }
        let first = try #require(try await ask().approval)
        scene.clock.advance(by: Approval.lifetime)
        let late = try await scene.refusal { try await scene.helpdesk.approve(first.id, by: .second) }
        #expect(late.code == .notFound)
        let second = try #require(try await ask().approval)
        #expect(second.id != first.id)
        _ = try await scene.helpdesk.approve(second.id, by: .second)
        scene.clock.advance(by: Approval.lifetime)
        #expect(try await ask().approval != nil)
        #expect(try await scene.stored(ServiceScene.boss.id).frozenAt == nil)
    }

    @Test("a refused request is gone, and who lacks the capability over the person neither sees nor decides it")
    func refusedRequest() async throws {
        let scene = try scene()
        let asked = try await scene.helpdesk.freeze(login: "boss", reason: "x", by: .helper)
        let id = try #require(asked.approval?.id)
        let strangers = [Administrator.with([.lookUp]), .with([.release], over: .roles(["students"]))]
        for stranger in strangers {
            #expect(try await scene.helpdesk.approvals(by: stranger).isEmpty)
            #expect(try await scene.refusal { try await scene.helpdesk.approve(id, by: stranger) }.code == .notFound)
        }
        let boss = Administrator.with([.all], name: "boss")
        #expect(try await scene.refusal { try await scene.helpdesk.approve(id, by: boss) }.code == .notPermitted)
        _ = try await scene.helpdesk.refuseApproval(id, by: .second)
        #expect(try await scene.helpdesk.approvals(by: .helper).isEmpty)
        let actions = try await scene.records().map(\.action)
        #expect(actions.contains(.secondApprovalRequested) && actions.contains(.secondApprovalRefused))
    }

    @Test("the filter protects as the roles do, and what is protected is never unlocked")
    func protectedByFilter() async throws {
        let scene = try scene()
        scene.directory.add(ServiceScene.bob, isProtected: true)
        #expect(try await scene.helpdesk.freeze(login: "bob", reason: "x", by: .helper).approval != nil)
        for login in ["bob", "boss"] {
            let error = try await scene.refusal {
                try await scene.helpdesk.unlock(login: login, reason: "x", by: .helper)
            }
            #expect(error.outcome?.reason == .accountProtected)
        }
    }
}
