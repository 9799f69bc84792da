import Foundation
import Identity
import SelfService

extension VaultRule {
    private static let somebody = Subject.person(VaultScene.person(1))

    static let sessions: [VaultRule] = [
        VaultRule("a token opens its session, exactly as it was opened") { scene in
            for subject in [somebody, .decoy(VaultScene.person(8))] {
                let issued = try await scene.reset(subject, .unlock, gates: 2)
                let found = try await scene.store.session(token: issued.token, frontend: VaultScene.frontend)
                try expect(found == issued.session, "it is the same session")
                try expect(found?.subject == subject, "of the same subject")
            }
        },
        VaultRule("tokens have 256 bits and are never the same") { scene in
            var tokens: Set<String> = []
            for _ in 0..<20 { tokens.insert(try await scene.signIn(somebody).token) }
            try expect(tokens.count == 20 && tokens.allSatisfy { $0.utf8.count == 43 }, "43 characters of base64url")
        },
        VaultRule("a token that was never issued, a changed one and an empty one open nothing") { scene in
            let token = try await scene.signIn(somebody).token
            let huge = String(repeating: "x", count: 1 << 20)
            for wrong in ["", "x", String(token.dropLast()), token + "A", String(token.reversed()), huge] {
                let found = try await scene.store.session(token: wrong, frontend: VaultScene.frontend)
                try expect(found == nil, "no session for \(wrong.count) characters")
            }
        },
        VaultRule("a token is no token at another front end") { scene in
            let token = try await scene.signIn(somebody).token
            let found = try await scene.store.session(token: token, frontend: "other")
            try expect(found == nil, "the other front end gets nothing")
        },
        VaultRule("a session ends when its lifetime is over, however much it is used") { scene in
            let token = try await scene.signIn(somebody).token
            for _ in 0..<7 {
                scene.clock.advance(by: 500)
                let found = try await scene.store.session(token: token, frontend: VaultScene.frontend)
                try expect(found != nil, "alive while it is used")
            }
            scene.clock.advance(by: 100)
            let found = try await scene.store.session(token: token, frontend: VaultScene.frontend)
            try expect(found == nil, "over after 3600 seconds")
        },
        VaultRule("a sign-in that is not used for the idle limit is over") { scene in
            let token = try await scene.signIn(somebody).token
            scene.clock.advance(by: scene.lifetimes.signInIdle - 1)
            let before = try await scene.store.session(token: token, frontend: VaultScene.frontend)
            scene.clock.advance(by: scene.lifetimes.signInIdle)
            let after = try await scene.store.session(token: token, frontend: VaultScene.frontend)
            try expect(before != nil && after == nil, "alive one second before, over after")
        },
        VaultRule("a front end starts so many sessions in a minute, and another is not blocked by that") { scene in
            for _ in 0..<scene.limits.sessionStartsPerMinute { _ = try await scene.signIn(somebody) }
            scene.clock.advance(by: 20)
            guard case .limited(let wait) = try await scene.start(.signIn, for: somebody) else {
                throw RuleBroken(description: "the front end is not limited")
            }
            try expect(wait == 40, "until the minute is over: \(wait)")
            _ = try await scene.signIn(somebody, frontend: "other")
            scene.clock.advance(by: 40)
            _ = try await scene.signIn(somebody)
        },
        VaultRule("sign-ins are counted before they are tried, and forgotten after a success") { scene in
            let decoy = Subject.decoy(VaultScene.person(7))
            for subject in [somebody, decoy] {
                for _ in 0..<scene.limits.signInFailures {
                    try expect(try await scene.store.countSignIn(subject, limits: scene.limits) == nil, "may be tried")
                }
            }
            scene.clock.advance(by: 100)
            for subject in [somebody, decoy] {
                let wait = try await scene.store.countSignIn(subject, limits: scene.limits)
                try expect(wait == 800, "until the window has passed: \(String(describing: wait))")
            }
            try await scene.store.clearSignIns(somebody)
            try expect(try await scene.store.countSignIn(somebody, limits: scene.limits) == nil, "cleared")
            try expect(try await scene.store.countSignIn(decoy, limits: scene.limits) != nil, "the other is not")
            scene.clock.advance(by: 800)
            try expect(try await scene.store.countSignIn(decoy, limits: scene.limits) == nil, "the window has passed")
        },
        VaultRule("a sign-in that never reached the directory is taken back, and no other") { scene in
            for _ in 0..<scene.limits.signInFailures - 1 {
                _ = try await scene.store.countSignIn(somebody, limits: scene.limits)
            }
            for _ in 0..<3 {
                let wait = try await scene.store.countSignIn(somebody, limits: scene.limits)
                try expect(wait == nil, "taken back before")
                try await scene.store.takeBackSignIn(somebody)
            }
            _ = try await scene.store.countSignIn(somebody, limits: scene.limits)
            let wait = try await scene.store.countSignIn(somebody, limits: scene.limits)
            try expect(wait != nil, "the others stand")
        },
        VaultRule("sign-ins at the same time do not slip through together") { scene in
            let waits = try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await scene.store.countSignIn(somebody, limits: scene.limits) }
                }
                return try await group.reduce(into: [Int?]()) { $0.append($1) }
            }
            try expect(waits.count { $0 == nil } == scene.limits.signInFailures, "as many as the limit says")
        },
    ]
}
