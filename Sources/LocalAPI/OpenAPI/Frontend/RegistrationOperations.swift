private typealias Frontend = Routes.Frontend

/// Signing in and registering.
extension Operation {
    static var signIn: [Operation] {
        [
            Operation(
                "POST",
                Frontend.signIns,
                "signIn",
                .registration,
                "Sign in, with a password or with an access pass in its place.",
                .created(.signIn)
            ) {
                $0.calls(["sign-in"], .signInRefused, .passwordMustChange, .tooManyAttempts)
                $0.takes(.signInRequest, example: ["login": "anna", "password": "correct horse battery staple"])
            },
            Operation(
                "POST",
                Frontend.passwordChecks,
                "checkPassword",
                .reset,
                "The rules for a new password with yes or no each. Takes the token of a sign-in, or of a reset whose gates are passed.",
                .ok(.check)
            ) {
                $0.resets(["sign-in", "register", "reset"], .invalidValue, .gatesOpen, .wrongState, .tooManyAttempts)
                $0.takes(.passwordRequest, example: ["password": "a new and longer one"])
            },
        ]
    }

    static var registration: [Operation] {
        [
            Operation(
                "GET",
                Frontend.registration,
                "getRegistration",
                .registration,
                "What is registered, what is missing, and what the policy offers.",
                .ok(.registration)
            ) { $0.registers() },
            Operation(
                "POST",
                Frontend.methods,
                "addMethod",
                .registration,
                "Add a method. Nothing is sent yet, and it does not count before it is proven.",
                .created(
                    .addedMethod,
                    links: ["openRegistrationChallenge": "/method/id", "changeMethod": "/method/id"]
                )
            ) {
                $0.registers(.invalidValue, .freshProofRequired, .conflict, .tooManyAttempts)
                $0.takes(.addMethodRequest, example: ["kind": "email", "address": "anna@mail.example"])
            },
            Operation(
                "PATCH",
                Frontend.method,
                "changeMethod",
                .registration,
                "Label a method, or make it the default.",
                .ok(.method)
            ) {
                $0.registers(.invalidValue, .notFound, .freshProofRequired)
                $0.takes(.changeMethodRequest, example: ["label": "my own phone"])
            },
            Operation("DELETE", Frontend.method, "removeMethod", .registration, "Remove a method.", .nothing) {
                $0.registers(.notFound, .freshProofRequired)
            },
            Operation(
                "PUT",
                Frontend.securityQuestions,
                "setAnswers",
                .registration,
                "Answer security questions, all at once; those of before are gone.",
                .ok(.registration)
            ) {
                $0.registers(.invalidValue, .freshProofRequired, .conflict, .tooManyAttempts)
                $0.takes(.setAnswersRequest, example: ["answers": [["questionId": "pet", "answer": "Dinah"]]])
            },
            Operation(
                "POST",
                Frontend.confirmations,
                "confirmRegistration",
                .registration,
                "Say that everything is still right.",
                .ok(.registration)
            ) {
                $0.registers(.wrongState, .freshProofRequired)
                $0.takes(.empty)
            },
        ]
    }

    static var registrationChallenges: [Operation] {
        [
            Operation(
                "POST",
                Frontend.methodChallenges,
                "openRegistrationChallenge",
                .registration,
                "Ask for a code, a call or a notification. The answer verifies the method, or is the fresh proof.",
                .created(
                    .challenge,
                    links: ["getRegistrationChallenge": "/id", "answerRegistrationChallenge": "/id"]
                )
            ) {
                $0.registers(
                    .invalidValue,
                    .notFound,
                    .wrongState,
                    .freshProofRequired,
                    .tooManyAttempts,
                    parameters: .acceptLanguage
                )
                $0.takes(.openChallengeRequest, example: ["via": "text"])
            },
            Operation(
                "GET",
                Frontend.registrationChallenge,
                "getRegistrationChallenge",
                .registration,
                "A challenge with its state.",
                .ok(.challenge)
            ) { $0.registers(.notFound, parameters: .wait) },
            Operation(
                "POST",
                Frontend.registrationResponse,
                "answerRegistrationChallenge",
                .registration,
                "Answer a challenge with a code, or with answers.",
                .ok(.verifiedMethod)
            ) {
                $0.registers(
                    .invalidValue,
                    .wrongCode,
                    .notFound,
                    .challengeClosed,
                    .wrongState,
                    .freshProofRequired,
                    .tooManyAttempts
                )
                $0.takes(.answerRequest, example: ["code": "123456"])
            },
        ]
    }
}
