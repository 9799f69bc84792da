/// What people are told after a change, at every address that was theirs before it.
package struct Notice: Sendable, Equatable {
    package var subject: String
    package var mail: String
    package var text: String

    package init(subject: String, mail: String, text: String) {
        self.subject = subject
        self.mail = mail
        self.text = text
    }
}

extension Notice {
    static func methodAdded(_ kind: MethodKind) -> Notice {
        change("was added to", kind, "A new way to reset your password was added")
    }

    static func methodRemoved(_ kind: MethodKind) -> Notice {
        change("was removed from", kind, "A way to reset your password was removed")
    }

    static func valueChanged(_ kind: MethodKind) -> Notice {
        change("was changed in the directory for", kind, "A way to reset your password was changed")
    }

    static func methodEntered(_ kind: MethodKind) -> Notice {
        change("was entered by an administrator into", kind, "A way to reset your password was entered for you")
    }

    static var methodsRemoved: Notice {
        Notice(
            subject: "Ways to reset your password were removed",
            mail: """
                An administrator removed methods from your registration just now.

                If you asked for this, you need not do anything. If you did not, tell your helpdesk at once.
                """,
            text: "An administrator removed methods from your registration. If you did not ask for it, tell your "
                + "helpdesk at once."
        )
    }

    static var passIssued: Notice {
        Notice(
            subject: "A temporary access pass was issued for your account",
            mail: """
                An administrator issued a temporary access pass for your account just now. Whoever has it can register
                ways to reset your password.

                If you asked for it, you need not do anything. If you did not, tell your helpdesk at once.
                """,
            text: "A temporary access pass was issued for your account. If you did not ask for it, tell your helpdesk "
                + "at once."
        )
    }

    private static func change(_ what: String, _ kind: MethodKind, _ subject: String) -> Notice {
        let name = kind.rawValue.replacing("-", with: " ")
        return Notice(
            subject: subject,
            mail: """
                A method (\(name)) \(what) your registration just now.

                If this was you, you need not do anything. If it was not, tell your helpdesk at once.
                """,
            text: "A method (\(name)) \(what) your registration. If this was not you, tell your helpdesk at once."
        )
    }
}
