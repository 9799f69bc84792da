private typealias Admin = Routes.Admin

/// What the helpdesk does.
extension Operation {
    static var help: [Operation] {
        [
            Operation(
                "POST",
                Admin.unlocks,
                "unlockUser",
                .administration,
                "Unlock the account in the directory.",
                .ok(.outcome)
            ) {
                $0.concernsPerson("unlock", .invalidValue, .conflict, .wrongState, .writeRefused)
                $0.takes(.reasonRequest)
            },
            Operation(
                "POST",
                Admin.userResetLinks,
                "sendReset",
                .administration,
                "Send the person a link to reset the password.",
                .ok(.changed)
            ) { $0.changesPerson("send-reset", .reasonRequest, .wrongState, .tooManyAttempts) },
        ]
    }

    static var passesAndLimits: [Operation] {
        [
            Operation(
                "POST",
                Admin.userPasses,
                "issuePass",
                .administration,
                "Issue a temporary access pass; it is shown once.",
                .created(.pass)
            ) {
                $0.changesPerson(
                    "issue-pass",
                    .issuePassRequest,
                    .wrongState,
                    example: ["lifetime": 3600, "reason": "new employee"]
                )
            },
            Operation(
                "POST",
                Admin.userRevocations,
                "revokePass",
                .administration,
                "Revoke it.",
                .ok(.changed)
            ) { $0.changesPerson("issue-pass", .reasonRequest, .wrongState) },
            Operation(
                "GET",
                Admin.userLimits,
                "listLimits",
                .administration,
                "What is counted against somebody now.",
                .ok(.page("CountedLimits", of: .ref(.countedLimit)))
            ) { $0.concernsPerson("look-up", .wrongState) },
            Operation(
                "POST",
                Admin.userLimitClearings,
                "clearLimits",
                .administration,
                "Forget what is counted against somebody.",
                .ok(.changed)
            ) { $0.changesPerson("unlock", .reasonRequest, .wrongState) },
        ]
    }

    static var freezes: [Operation] {
        [
            Operation(
                "GET",
                Admin.freezes,
                "listFreezes",
                .administration,
                "For whom resets and changes are stopped.",
                .ok(.page("FrozenPeople", of: .ref(.frozen)))
            ) { $0.needs("look-up", .notReady, .mirrorUnavailable, .directoryUnavailable, .vaultUnavailable) },
            Operation(
                "POST",
                Admin.userFreezes,
                "freeze",
                .administration,
                "Stop resets and changes for somebody.",
                .ok(.changed)
            ) { $0.changesPerson("release", .reasonRequest, .wrongState) },
            Operation(
                "POST",
                Admin.userFreezeLiftings,
                "liftFreeze",
                .administration,
                "Let them go on.",
                .ok(.changed)
            ) { $0.changesPerson("release", .reasonRequest, .wrongState) },
        ]
    }

    /// Which capability it takes, each request says.
    static var approvals: [Operation] {
        let problems: [ProblemType] = [.notFound, .wrongState, .conflict] + .services
        return [
            Operation(
                "GET",
                Admin.approvals,
                "listApprovals",
                .administration,
                "Requests about protected people that wait for a second administrator.",
                .ok(.page("Approvals", of: .ref(.approval)))
            ) { $0.problems = .services },
            Operation("POST", Admin.approval, "approve", .administration, "Approve one.", .ok(.approval)) {
                $0.problems = problems
                $0.takes(.empty)
            },
            Operation("POST", Admin.approvalRefusal, "refuse", .administration, "Refuse one.", .ok(.approval)) {
                $0.problems = problems
                $0.takes(.empty)
            },
        ]
    }
}
