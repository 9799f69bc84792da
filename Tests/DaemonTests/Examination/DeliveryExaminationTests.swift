import Foundation
import LatchkeyTesting
import LocalAPI
import Synchronizer
import Testing

@testable import DaemonRuntime

@Suite("An examination of what carries messages")
struct DeliveryExaminationTests {
    private static let mailPolicy = "  - { name: all, methods: [email], register: { minimum: 1 }, reset: { gates: 1 } }"

    /// What `--doctor` prints with these transports.
    private func lines(
        _ delivery: String,
        policies: String = Self.mailPolicy,
        change: (inout DaemonOptions) -> Void = { _ in }
    ) async throws -> String {
        try await withSlapd { slapd in
            var options = DaemonOptions.with {
                $0.delivery = delivery
                $0.policies = policies
            }
            change(&options)
            return try await DaemonFixture(slapd, options).runOnce("--doctor").output
        }
    }

    private func smtp(_ port: Int, _ more: String = "tls: off") -> String {
        "email: { transport: smtp, server: \"127.0.0.1:\(port)\", from: a@example.org, \(more) }"
    }

    @Test("a mail server answers, or does not; no mail is sent")
    func mail() async throws {
        let server = try await MailServer()
        let good = try await lines(smtp(server.port))
        #expect(good.contains("fine: delivery.gateway: delivery.email: the mail server answers\n"), "\(good)")
        #expect(server.mail() == nil)
        let gone = try await lines(smtp(1))
        #expect(
            gone.contains("failure: delivery.gateway: delivery.email: the mail server 127.0.0.1:1 cannot be reached")
        )
        #expect(gone.contains(": nothing is sent, and it is tried again until nobody waits for it any more\n"))
        let clear = try await lines(smtp(server.port, "tls: required"))
        #expect(clear.contains("failure: delivery.gateway: ") && clear.contains("does not offer STARTTLS"), "\(clear)")
    }

    @Test("a mail server takes the user and the password, or does not")
    func signIn() async throws {
        let exim = try await EximServer()
        for (password, verdict) in [(EximServer.password, "fine"), ("another", "failure")] {
            let file = exim.scratch.path("password-\(verdict)")
            try password.write(toFile: file, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
            let more =
                "tls: required, ca: \"\(exim.scratch.path("ca.crt"))\", user: \(EximServer.user), "
                + "password: \"file:\(file)\""
            let text = try await lines(smtp(Int(exim.port), more))
            #expect(text.contains("\(verdict): delivery.gateway: delivery.email: the mail server"), "\(text)")
            #expect(text.contains("takes user and password") == (verdict == "fine"), "\(text)")
            let hopeless = "refused with 535: nothing is sent, and each message is given up at once\n"
            #expect(text.contains(hopeless) == (verdict == "failure"), "\(text)")
        }
    }

    @Test("a gateway can be reached, or cannot; nothing is posted to it")
    func gateway() async throws {
        let gateway = try await HTTPGateway()
        func transport(_ url: String) -> String { "email: { transport: http, url: \"\(url)\" }" }
        let good = try await lines(transport(gateway.url))
        let reached = "the gateway can be reached; what it says to a message and its token is not tried\n"
        #expect(good.contains("fine: delivery.gateway: delivery.email: \(reached)"), "\(good)")
        #expect(try gateway.request() == nil)
        let gone = try await lines(transport("http://127.0.0.1:1/send"))
        #expect(gone.contains("failure: delivery.gateway: delivery.email: the gateway cannot be reached"), "\(gone)")
    }

    @Test("a certificate that nobody signed, and no transport at all, are told")
    func others() async throws {
        let secure = try await HTTPGateway(tls: true)
        let untrusted = try await lines("email: { transport: http, url: \"\(secure.url)\" }")
        #expect(untrusted.contains("has a certificate that is not trusted"), "\(untrusted)")
        let questions = """
              - name: all
                methods: [authenticator]
                register: { minimum: 1 }
                reset: { gates: 1 }
            """
        let none = try await lines("{}", policies: questions)
        #expect(none.contains("warning: delivery.gateway: delivery: "), "\(none)")
        #expect(none.contains("nothing is configured: no code reaches anybody\n"), "\(none)")
        #expect(none.contains("\n    Name a transport for each kind that policies use.\n"), "\(none)")
    }

    @Test("a program is there, and a spool can be written; the program is not run")
    func local() async throws {
        let scratch = try ScratchDirectory()
        let program = scratch.path("send")
        try "#!/bin/sh\ntouch '\(scratch.path("ran"))'\n".write(toFile: program, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let good = try await lines("email: { transport: command, command: [\"\(program)\"] }")
        #expect(
            good.contains("fine: delivery.gateway: delivery.email: the program is there; it is not run\n"),
            "\(good)"
        )
        let rights = "\(program) needs no rights that the sandbox takes away\n"
        #expect(good.contains("fine: host.sendmail: delivery.email: \(rights)"), "\(good)")
        #expect(scratch.text("ran") == nil)
        let spool = try await lines("email: { transport: spool, directory: \"\(scratch.path("spool"))\" }")
        #expect(spool.contains("fine: delivery.gateway: delivery.email: messages are written as files"), "\(spool)")
    }

    @Test("a program or a spool that has gone since the start is found")
    func gone() async throws {
        let scratch = try ScratchDirectory()
        let program = scratch.path("send")
        try "#!/bin/sh\n".write(toFile: program, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        try await withSlapd { slapd in
            let options = DaemonOptions.with {
                $0.delivery = """
                    email: { transport: command, command: ["\(program)"] }
                    text: { transport: spool, directory: "\(scratch.path("spool"))" }
                    """
            }
            try await withDaemon(slapd, options) { daemon in
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: program)
                try "a file".write(toFile: scratch.path("spool"), atomically: false, encoding: .utf8)
                let outcome = try await daemon.control("--json", "doctor")
                let found = try APIJSON.decode(ExaminationDocument.self, from: Data(outcome.output.utf8))
                #expect(found.verdicts(.delivery) == ["failure"], "\(found.of(.delivery))")
                #expect(found.text(.delivery).contains("is no file that can be executed"))
                #expect(found.text(.delivery).contains("cannot be written"))
                #expect(found.text(.secrets) == "\(program) is no file that can be executed")
                try FileManager.default.removeItem(atPath: program)
                let missing = try await daemon.control("--json", "doctor")
                let later = try APIJSON.decode(ExaminationDocument.self, from: Data(missing.output.utf8))
                #expect(later.text(.secrets) == "\(program) does not exist", "\(later.of(.secrets))")
            }
        }
    }

    @Test("a setgid sendmail is found, itself or as what Postfix's hands over to")
    func sendmail() throws {
        let scratch = try ScratchDirectory()
        for name in ["sendmail", "postdrop"] {
            try "#!/bin/sh\n".write(toFile: scratch.path(name), atomically: false, encoding: .utf8)
        }
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("linked"),
            withDestinationPath: scratch.path("sendmail")
        )
        func verdicts() -> [Finding.Verdict] {
            ["sendmail", "linked"].map {
                SendmailExamination(program: scratch.path($0)).finding("delivery.email").verdict
            }
        }
        #expect(verdicts() == [.fine, .fine])
        for name in ["postdrop", "sendmail"] {
            try FileManager.default.setAttributes([.posixPermissions: 0o2755], ofItemAtPath: scratch.path(name))
            #expect(verdicts() == [.failure, .failure], "\(name)")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path(name))
        }
        let found = SendmailExamination(program: scratch.path("sendmail")).finding("delivery.email")
        #expect(found.check == .sendmail)
        try FileManager.default.setAttributes([.posixPermissions: 0o2755], ofItemAtPath: scratch.path("postdrop"))
        let bad = SendmailExamination(program: scratch.path("linked")).finding("delivery.email")
        let text = " is setuid or setgid, and gets no rights from that in the daemon's sandbox (NoNewPrivileges)"
        #expect(bad.text == scratch.url.resolvingSymlinksInPath().appendingPathComponent("postdrop").path + text)
        #expect(bad.remedy == "Hand mail to the same server by SMTP.")
        #expect(bad.pastes.map(\.place) == ["the configuration, below delivery"])
    }
}
