import LDAPClient
import Synchronizer

/// What the access lists of people say: of the service account, and of people themselves. Nothing is written.
struct ActiveDirectoryRights {
    let server: ExaminedServer
    let trustee: ActiveDirectoryTrustee
    let pastes: ActiveDirectoryPastes

    func findings() async -> [Finding] {
        let schema = ActiveDirectorySchema(connection: server.connection)
        let lists = await lists()
        let lockout = await schema.guids(of: ActiveDirectoryAttributes.lockoutTime)
        let set = await schema.guids(of: ActiveDirectoryAttributes.passwordSet)
        let sids = trustee.sids
        let rights = [
            (reset, AccessList.controlAccess, [ActiveDirectorySchema.resetPassword]),
            (unlock, AccessList.writeProperty, lockout), (mustChange, AccessList.writeProperty, set),
        ]
        return rights.map { right, mask, objects in
            right.finding(lists.map { Self.standing($0) { $0.grants(mask, objects, to: sids) } }, server)
        }
    }

    private static func standing(_ list: AccessList?, _ isGranted: (AccessList) -> Bool) -> AccessStanding {
        guard let list else { return .unknown("the access list of a person's entry cannot be read") }
        return isGranted(list) ? .granted : .missing
    }

    private func lists() async -> [AccessList?] {
        var lists: [AccessList?] = []
        for person in server.people {
            let descriptor = try? await server.connection.securityDescriptor(of: person)
            lists.append(descriptor.flatMap { AccessList(descriptor: $0) })
        }
        return lists
    }

    // MARK: People themselves

    func trusting(_ attribute: AttributeName) async -> Finding {
        let trust = "trustDirectory believes \(attribute.text), so whoever writes it resets the password"
        let guids = await ActiveDirectorySchema(connection: server.connection).guids(of: attribute)
        let lists = await lists().compactMap(\.self)
        let leave = "leave trustDirectory out, and have people prove the value once"
        guard !guids.isEmpty, !lists.isEmpty else {
            let text =
                "\(trust); neither schema nor access lists can be read, and as it comes the directory lets people "
                + "write it in their own entries"
            return server.finding(.trust, .warning, text, remedy: "Let the service account read them, or \(leave).")
        }
        guard lists.contains(where: { $0.grants(AccessList.writeProperty, guids, to: SecurityIdentifier.people) })
        else {
            return server.finding(
                .trust,
                .fine,
                "trustDirectory believes \(attribute.text), and people may not write it in their own entries"
            )
        }
        return server.finding(
            .trust,
            .failure,
            "\(trust); the directory lets people write it in their own entries",
            remedy: "Deny it on each entry, those that will be made too: an inherited rule would not do. Or \(leave).",
            pastes.denying(attribute, guids[0])
        )
    }
}

// MARK: What is looked for

extension ActiveDirectoryRights {
    private var reset: TriedRight {
        TriedRight(
            check: .resetRight,
            action: "reset passwords (the right Reset Password)",
            consequence: "no reset is possible",
            remedy: "Grant it for the users below the base.",
            pastes: pastes.writing
        )
    }

    private var unlock: TriedRight {
        TriedRight(
            check: .unlockRight,
            action: "write lockoutTime",
            consequence: "no unlock is possible, and a reset leaves people locked",
            remedy: "Grant it for the users below the base.",
            pastes: pastes.writing
        )
    }

    private var mustChange: TriedRight {
        TriedRight(
            check: .mustChangeRight,
            action: "write pwdLastSet",
            consequence: "nobody can be made to choose another password, nor be spared it",
            severity: .warning,
            remedy: "Grant it for the users below the base.",
            pastes: pastes.writing
        )
    }
}
