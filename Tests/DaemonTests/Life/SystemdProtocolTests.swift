import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("The real daemon under systemd's protocols")
struct SystemdProtocolTests {
    @Test("it says when it serves, pets the watchdog, says when it stops, and exits with 0")
    func notifications() async throws {
        let socket = try NotificationSocket(abstract: false)
        let options = DaemonOptions.with {
            $0.environment = socket.environment
            $0.environment["WATCHDOG_USEC"] = "400000"
        }
        let slapd = try await SlapdFixture()
        let daemon = try DaemonFixture(slapd, options)
        // Without its directory: a host must boot before its directory does.
        try await daemon.launch()
        #expect(await Self.next(socket)?.hasPrefix("READY=1") == true)
        try await daemon.answers("/health")
        for _ in 0..<3 {
            let said = await Self.next(socket)
            #expect(said == "WATCHDOG=1")
        }
        #expect(await daemon.stop() == 0, "\(daemon.log)")
        var last: String?
        while let said = socket.next() { last = said == "WATCHDOG=1" ? last : said }
        #expect(last == "STOPPING=1")
        #expect(!FileManager.default.fileExists(atPath: daemon.folder.adminSocket))
    }

    /// The next datagram, also if it is still to come.
    private static func next(_ socket: NotificationSocket) async -> String? {
        var said: String?
        _ = await eventually {
            said = socket.next()
            return said != nil
        }
        return said
    }

    /// Foundation's Process takes a child for ended when a descriptor that it gave it is closed, and then waits for
    /// it on the one thread that waits for all children. systemd-socket-activate closes every descriptor, so a
    /// shell stands between: it hands the signal on and ends with the daemon's status.
    private static let supervisor = [
        "/bin/sh", "-c",
        """
        trap 'kill -TERM "$child"' TERM
        /usr/bin/setpriv --pdeathsig KILL -- "$@" & child=$!
        wait "$child"; status=$?
        if [ "$status" -gt 128 ]; then wait "$child"; status=$?; fi
        exit "$status"
        """,
        "sh",
    ]

    @Test("it serves on the sockets that systemd passed, by their names, and leaves them in place")
    func passedSockets() async throws {
        try await withSlapd { slapd in
            let daemon = try DaemonFixture(slapd)
            // Front end and admin are told apart by name, not by order.
            let sockets = ["-l", daemon.folder.adminSocket, "-l", daemon.folder.frontendSocket]
            let program = ["/usr/bin/systemd-socket-activate"] + sockets + ["--fdname=admin:frontend"]
            try await daemon.launch(through: Self.supervisor + program)
            try await daemon.answers("/ready")
            #expect(try await daemon.portal.signIn("alice").user.login == "alice")
            #expect(try await daemon.document(StatusDocument.self, "status").users == 5)
            #expect(try await daemon.portal.send("GET", Routes.Admin.users).status == 404)
            #expect(await daemon.stop() == 0, "\(daemon.log)")
            for path in [daemon.folder.adminSocket, daemon.folder.frontendSocket] {
                #expect(FileManager.default.fileExists(atPath: path))
            }
        }
    }

    @Test("a peer whose uid is not configured gets 403 on both sockets, and health all the same")
    func foreignPeer() async throws {
        let options = DaemonOptions.with {
            $0.frontendUser = "nobody"
            $0.sections = "administrators: [ { user: nobody, may: [all] } ]"
        }
        try await withSlapd { slapd in
            try await withDaemon(slapd, options) { daemon in
                let request = SignInRequest(login: "alice", password: SlapdFixture.password)
                let problem = try await daemon.portal.problem("POST", Routes.Frontend.signIns, request)
                #expect(problem.status == 403 && problem.code == "not-permitted")
                #expect(try await daemon.portal.send("GET", Routes.health).status == 200)
                let status = try await daemon.control("--json", "status")
                #expect(status.status == 1)
                #expect(try APIJSON.decode(Problem.self, from: Data(status.output.utf8)).status == 403)
            }
        }
    }

    @Test("a front end has only the capabilities that it was given")
    func capabilities() async throws {
        let options = DaemonOptions.with { $0.may = "sign-in, register" }
        try await withSlapd { slapd in
            try await withDaemon(slapd, options) { daemon in
                #expect(try await daemon.portal.signIn("alice").user.login == "alice")
                let request = StartResetRequest(login: "alice", purpose: "reset")
                let problem = try await daemon.portal.problem("POST", Routes.Frontend.resets, request)
                #expect(problem.status == 403 && problem.capability != nil)
            }
        }
    }
}
