private typealias Frontend = Routes.Frontend

/// From "I forgot my password" to the write-back.
extension Operation {
    static var resets: [Operation] {
        [
            Operation(
                "POST",
                Frontend.resets,
                "startReset",
                .reset,
                "Start a reset or an unlock with a login, or with the token of a link.",
                .created(.reset)
            ) {
                $0.calls(["reset", "unlock", "reset-link"], .invalidValue, .invalidToken, .tooManyAttempts)
                $0.takes(.startResetRequest, example: ["login": "anna", "purpose": "reset"])
            },
            Operation("GET", Frontend.reset, "getReset", .reset, "The reset, and how far it is.", .ok(.reset)) {
                $0.resets(["reset", "unlock"])
            },
            Operation(
                "PUT",
                Frontend.password,
                "setPassword",
                .reset,
                "Write the new password to the directory; it is unlocked, too.",
                .ok(.outcome)
            ) {
                $0.resets(
                    ["reset"],
                    .invalidValue,
                    .gatesOpen,
                    .wrongState,
                    .conflict,
                    .passwordRefused,
                    .writeRefused
                )
                $0.takes(.passwordRequest, example: ["password": "a new and longer one"])
            },
            Operation(
                "POST",
                Frontend.unlock,
                "unlock",
                .reset,
                "Unlock the account and leave the password as it is.",
                .ok(.outcome)
            ) {
                $0.resets(["unlock"], .gatesOpen, .wrongState, .conflict, .writeRefused)
                $0.takes(.empty)
            },
        ]
    }

    static var resetChallenges: [Operation] {
        [
            Operation(
                "POST",
                Frontend.resetChallenges,
                "openResetChallenge",
                .reset,
                "Ask to prove one of the methods.",
                .created(.challenge, links: ["getResetChallenge": "/id", "answerResetChallenge": "/id"])
            ) {
                $0.resets(
                    ["reset", "unlock"],
                    .invalidValue,
                    .notFound,
                    .wrongState,
                    .gatesOpen,
                    .tooManyAttempts,
                    parameters: .acceptLanguage
                )
                $0.takes(.openResetChallengeRequest, example: ["methodId": "m1", "via": "text"])
            },
            Operation(
                "GET",
                Frontend.resetChallenge,
                "getResetChallenge",
                .reset,
                "A challenge with its state.",
                .ok(.challenge)
            ) { $0.resets(["reset", "unlock"], .notFound, parameters: .wait) },
            Operation(
                "POST",
                Frontend.resetResponse,
                "answerResetChallenge",
                .reset,
                "Answer a challenge with a code, or with answers.",
                .ok(.reset)
            ) {
                $0.resets(
                    ["reset", "unlock"],
                    .invalidValue,
                    .wrongCode,
                    .notFound,
                    .challengeClosed,
                    .wrongState,
                    .tooManyAttempts
                )
                $0.takes(.answerRequest, example: ["code": "123456"])
            },
        ]
    }

    /// What begins with a mail.
    static var mailed: [Operation] {
        [
            Operation(
                "POST",
                Frontend.resetLinks,
                "sendResetLink",
                .reset,
                "Ask for a link by mail. The answer is always the same.",
                Answer(status: 202, description: "Taken, whatever the address is.")
            ) {
                $0.calls(["reset-link"], .invalidValue, .tooManyAttempts, parameters: .acceptLanguage)
                $0.takes(.resetLinkRequest, example: ["email": "anna@mail.example"])
            },
            Operation(
                "POST",
                Frontend.repudiations,
                "repudiate",
                .reset,
                "“This was not me”, with the token of a notice: resets and changes stop for the person.",
                .nothing
            ) {
                $0.calls(["reset-link"], .invalidToken, .invalidValue, .tooManyAttempts)
                $0.takes(.repudiationRequest, example: ["token": "as the link has it"])
            },
        ]
    }

    /// Answers that come from a device, and from a voice gateway.
    static var remoteAnswers: [Operation] {
        [
            Operation(
                "POST",
                Frontend.appApprovals,
                "decideApproval",
                .reset,
                "A device's signed decision. The signature is the authority: there is no token.",
                .nothing
            ) {
                $0.calls(["app-approval"], .invalidValue, .wrongCode, .notFound, .challengeClosed, .tooManyAttempts)
                $0.takes(
                    .appApprovalRequest,
                    example: ["challengeId": "c1", "decision": "deny", "signature": "MEUCIQ=="]
                )
            },
            Operation(
                "POST",
                Frontend.callAnswers,
                "answerCall",
                .reset,
                "The keys that somebody pressed in a call, told by the voice gateway.",
                .nothing
            ) {
                $0.calls(["call-answer"], .invalidValue, .wrongCode, .notFound, .challengeClosed, .tooManyAttempts)
                $0.takes(.callAnswerRequest, example: ["callId": "c1", "digits": "42"])
            },
        ]
    }
}
