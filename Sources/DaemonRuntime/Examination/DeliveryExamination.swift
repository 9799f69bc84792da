import DaemonConfiguration
import Delivery
import SelfService
import Synchronizer

/// Whether messages would get out: gateways and mail servers answer, and programs can do their work in the sandbox.
struct DeliveryExamination {
    let settings: Settings
    let environment: [String: String]

    func findings() async -> [Finding] {
        guard !settings.delivery.isEmpty else {
            let text = "nothing is configured: no code reaches anybody"
            return [
                Finding(
                    .delivery,
                    "delivery",
                    .warning,
                    text,
                    remedy: "Name a transport for each kind that policies use."
                )
            ]
        }
        do {
            let transports = try ChannelTransports(settings.delivery, environment: environment)
            return await transports.obstacles().map(finding) + programs
        } catch {
            return [Finding(.delivery, "delivery", .failure, "\(error)")] + programs
        }
    }

    private func finding(_ channel: Channel, _ obstacle: TransportError?) -> Finding {
        let subject = "delivery.\(channel.rawValue)"
        guard let obstacle else {
            return Finding(.delivery, subject, .fine, Self.answer(settings.delivery[channel]))
        }
        let outlook =
            obstacle.isTemporary
            ? "nothing is sent, and it is tried again until nobody waits for it any more"
            : "nothing is sent, and each message is given up at once"
        return Finding(.delivery, subject, .failure, "\(obstacle.detail): \(outlook)")
    }

    private static func answer(_ transport: Settings.Transport?) -> String {
        switch transport {
        case .smtp(let mail) where mail.user != nil:
            "the mail server answers, and takes user and password if it wants any"
        case .smtp: "the mail server answers"
        case .http: "the gateway can be reached; what it says to a message and its token is not tried"
        case .command: "the program is there; it is not run"
        case .spool, nil: "messages are written as files"
        }
    }

    private var programs: [Finding] {
        settings.delivery.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { channel, transport in
            guard case .command(let program) = transport, let path = program.command.first else { return nil }
            return SendmailExamination(program: path).finding("delivery.\(channel.rawValue)")
        }
    }
}
