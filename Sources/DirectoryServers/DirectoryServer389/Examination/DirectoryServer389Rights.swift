import LDAPClient
import Synchronizer

/// What the service account may write on a 389 Directory Server, tried without changing anything. Get Effective Rights
/// would say the same of itself; this is what the server does.
struct DirectoryServer389Rights {
    let server: ExaminedServer
    private var pastes: DirectoryServer389Pastes { DirectoryServer389Pastes(server: server) }

    private static let tagged: AttributeName = "userPassword;lang-zz"

    func findings() async -> [Finding] {
        let reset = Self.writing(Array("Aa1-".utf8) + ImpossibleChange.random())
        let time = ImpossibleChange(
            removing: ImpossibleChange.times,
            of: DirectoryServer389Attributes.expires,
            then: [Modification(.replace, DirectoryServer389Attributes.expires, text: ["19700101000001Z"])]
        )
        return [
            await server.tried(resetRight) { await reset.standing(on: $0, server.connection) },
            await server.tried(unlockRight) { await unlocking($0) },
            await server.tried(mustChangeRight) { await time.standing(on: $0, server.connection) },
        ]
    }

    private static func writing(_ password: [UInt8]) -> ImpossibleChange {
        let change = Modification(.replace, "userPassword", [password])
        return ImpossibleChange(removing: [ImpossibleChange.random()], of: tagged, then: [change])
    }

    private func unlocking(_ person: DistinguishedName) async -> AccessStanding {
        let count = Modification(.replace, DirectoryServer389Attributes.retryCount, text: ["0"])
        for others in [[count], []] {
            let change = ImpossibleChange(
                removing: ImpossibleChange.times,
                of: DirectoryServer389Attributes.unlockTime,
                then: others
            )
            let standing = await change.standing(on: person, server.connection)
            guard standing == .missing else { return others.isEmpty && standing == .granted ? Self.half : standing }
        }
        return .missing
    }

    private static let half = AccessStanding.partly(
        "the service account may take accountUnlockTime away and not set passwordRetryCount to 0: after an unlock one "
            + "wrong password locks again"
    )

    /// The server takes a hash, which it cannot check, from its password administrators and nobody else, unless it is
    /// configured to (`nsslapd-allow-hashed-passwords`).
    func manage() async -> Finding? {
        guard let person = server.people.first else { return nil }
        let refusal = await Self.writing(Array("{SSHA}AAAAAAAAAA".utf8)).refusal(for: person, on: server.connection)
        switch refusal.code {
        case .constraintViolation:
            return server.finding(.manageRight, .fine, "the server checks the passwords that Latchkey writes")
        case .noSuchAttribute:
            let text =
                "the service account is a password administrator (passwordAdminDN), or the Directory Manager: the "
                + "server checks neither syntax nor history of what it writes"
            let remedy = "Bind as an account that an ACI lets write, and that passwordAdminDN does not name."
            return server.finding(.manageRight, .failure, text, remedy: remedy, pastes.noAdministrator)
        default:
            return nil
        }
    }
}

// MARK: What is tried

extension DirectoryServer389Rights {
    private var resetRight: TriedRight {
        TriedRight(
            check: .resetRight,
            action: "write userPassword",
            consequence: "no reset is possible",
            remedy: "Let it write, and not read.",
            pastes: pastes.writing
        )
    }

    private var unlockRight: TriedRight {
        TriedRight(
            check: .unlockRight,
            action: "take accountUnlockTime away",
            consequence: "no unlock is possible",
            remedy: "Let it write both attributes of a lock.",
            pastes: pastes.writing
        )
    }

    private var mustChangeRight: TriedRight {
        TriedRight(
            check: .mustChangeRight,
            action: "write passwordExpirationTime",
            consequence: "nobody can be made to choose another password, nor be spared it",
            severity: .warning,
            remedy: "Let it write that attribute, if a policy asks for it.",
            pastes: pastes.writing
        )
    }
}
