/// The events of the feed: what stands in the `data` of each.
extension NamedSchema {
    static var changeEvent: NamedSchema {
        let change = Schema.object([
            .required("kind", .word(["user", "role"])), .required("action", .word(Vocabulary.changeActions)),
            .required("id", .text), .optional("name", Schema.text.described("The login or name as it is now.")),
        ])
        return NamedSchema(
            "ChangeEvent",
            .object([
                .required("event", .word(["change"])), .required("generation", .count),
                .required("changes", .list(of: change)), .required("freshness", .ref(.freshness)),
            ])
        )
    }

    static var positionEvent: NamedSchema {
        NamedSchema(
            "PositionEvent",
            .object([
                .required("event", .word(["position", "reset"])), .required("generation", .count),
                .required("freshness", .ref(.freshness)),
            ]).described("Where the feed stands; after `reset` the lists are to be read again.")
        )
    }

    static var transitionEvent: NamedSchema {
        NamedSchema(
            "TransitionEvent",
            .object([
                .required("event", .word(["transition"])), .required("number", .count), .required("at", .time),
                .required("from", .word(Vocabulary.machineStates)), .required("to", .word(Vocabulary.machineStates)),
                .required("cause", .word(Vocabulary.machineCauses)), .required("text", .text),
                .optional("deadline", .time),
            ])
        )
    }
}
