private typealias Admin = Routes.Admin

/// People and roles, looked up and listed.
extension Operation {
    static var people: [Operation] {
        [
            Operation(
                "GET",
                Admin.users,
                "listUsers",
                .people,
                "The people in the mirror, or those whom a text finds.",
                .ok(.page("Users", of: .ref(.user)))
            ) {
                let search = Parameter.query(
                    "search",
                    "Words of a name, a login or an address.",
                    .text(atMost: APILimits.search, atLeast: 1),
                    example: "anna"
                )
                let state = Parameter.query(
                    "state",
                    "Only those; the deleted are listed with `deleted` alone.",
                    .word(Vocabulary.accountStates)
                )
                $0.lists("look-up", parameters: search, state)
            },
            Operation("GET", Admin.user, "getUser", .people, "One person.", .ok(.user)) {
                $0.needs("look-up", .notFound, .notReady, .mirrorUnavailable, .vaultUnavailable)
            },
            Operation(
                "GET",
                Admin.roles,
                "listRoles",
                .people,
                "The roles in the mirror.",
                .ok(.page("Roles", of: .ref(.role)))
            ) { $0.lists("look-up") },
            Operation(
                "GET",
                Admin.role,
                "getRole",
                .people,
                "One role, with a page of the people who hold it.",
                .ok(.roleMembersPage)
            ) {
                let id = Parameter.query("id", "Which of several groups of this name.", .text)
                $0.lists("look-up", .notFound, .ambiguousName, parameters: id)
            },
            Operation(
                "GET",
                Admin.explanation,
                "explain",
                .people,
                "What would happen now if this person asked for a reset or an unlock, and why.",
                .ok(.explanation)
            ) { $0.concernsPerson("look-up") },
        ]
    }

    static var reports: [Operation] {
        [
            Operation(
                "GET",
                Admin.registrations,
                "listRegistrations",
                .people,
                "Who is registered, who can reset, and why not. A page looks at `limit` people.",
                .ok(.page("Standings", of: .ref(.standing)))
            ) {
                let role = Parameter.query("role", "Only who holds it.", .text, example: "staff")
                let state = Parameter.query("state", "Only those.", .word(Vocabulary.reportStates))
                $0.lists("look-up", .notFound, parameters: role, state)
            },
            Operation(
                "POST",
                Admin.requiredConfirmations,
                "requireConfirmations",
                .administration,
                "Have some of those who hold a role confirm that all is still theirs; `next` goes on.",
                .ok(.requirement)
            ) {
                $0.needs(
                    "edit-methods",
                    .invalidValue,
                    .notFound,
                    .notReady,
                    .mirrorUnavailable,
                    .directoryUnavailable,
                    .vaultUnavailable
                )
                $0.takes(.requireConfirmationsRequest, example: ["role": "staff", "reason": "yearly review"])
            },
            Operation(
                "POST",
                Admin.userConfirmations,
                "requireConfirmation",
                .administration,
                "Have one person confirm it at the next sign-in.",
                .ok(.requirement)
            ) { $0.changesPerson("edit-methods", .reasonRequest, .wrongState) },
        ]
    }

    static var methods: [Operation] {
        [
            Operation(
                "GET",
                Admin.userMethods,
                "listMethods",
                .administration,
                "What somebody registered, masked.",
                .ok(.page("Methods", of: .ref(.method)))
            ) { $0.concernsPerson("look-up", .wrongState) },
            Operation(
                "POST",
                Admin.userMethods,
                "enterMethod",
                .administration,
                "Enter a value for somebody: a candidate, an office phone excepted.",
                .created(.enteredMethod)
            ) {
                $0.changesPerson(
                    "edit-methods",
                    .enterMethodRequest,
                    .wrongState,
                    example: ["kind": "office-phone", "value": "+12025550100", "reason": "phone list"]
                )
            },
            Operation(
                "POST",
                Admin.userReveals,
                "revealMethods",
                .administration,
                "The same with full addresses and numbers.",
                .ok(.page("Methods", of: .ref(.method)))
            ) { $0.changesPerson("reveal", .reasonRequest, .wrongState) },
            Operation(
                "POST",
                Admin.userRemovals,
                "removeMethods",
                .administration,
                "Remove one method, or all: then registration begins anew.",
                .ok(.removedMethods)
            ) {
                $0.changesPerson(
                    "edit-methods",
                    .removeMethodsRequest,
                    .wrongState,
                    example: ["all": true, "reason": "lost the phone"]
                )
            },
            Operation(
                "POST",
                Admin.methodImports,
                "importMethods",
                .administration,
                "Import a file, with a result for every line.",
                .ok(.importReport)
            ) {
                $0.needs("import", .invalidValue, .conflict, .notReady, .mirrorUnavailable)
                $0.problems += .services
                $0.takes(
                    .importMethodsRequest,
                    example: [
                        "csv": "login,kind,value\nanna,office-phone,+12025550100\n", "dryRun": true,
                        "reason": "phone list",
                    ]
                )
            },
        ]
    }
}
