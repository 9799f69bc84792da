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
