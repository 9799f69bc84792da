private typealias Admin = Routes.Admin

/// The mirror: how it stands, and what waits.
extension Operation {
    static var synchronization: [Operation] {
        [
            Operation("GET", Admin.status, "getStatus", .status, "The daemon at a glance.", .ok(.status)) {
                $0.needs("look-up")
            },
            Operation(
                "GET",
                Admin.freshness,
                "getFreshness",
                .status,
                "How current the mirror is; with `asOf`, once it holds what the directory held then.",
                .ok(.freshness)
            ) {
                let asOf = Parameter.query("asOf", "A time in UTC.", .time, example: "2026-01-02T03:04:05.678Z")
                $0.needs("look-up", parameters: asOf, .wait)
            },
            Operation(
                "POST",
                Admin.syncs,
                "startSync",
                .status,
                "Start a sync; nobody needs to, but to be sure.",
                .accepted(.syncRun, links: ["getSync": "/id"])
            ) {
                $0.needs("sync", .vaultUnavailable)
                $0.takes(.syncRequest, example: ["full": true, "dryRun": true])
            },
            Operation("GET", Admin.sync, "getSync", .status, "How far a sync is.", .ok(.syncRun)) {
                let after = Parameter.query("after", "The `revision` that is known already.", .count)
                $0.needs("sync", .notFound, parameters: after, .wait)
            },
            Operation(
                "POST",
                Admin.examinations,
                "examine",
                .status,
                "Examine directory servers and host now; nothing is changed.",
                .ok(.examination)
            ) { $0.needs("sync") },
        ]
    }

    static var feed: [Operation] {
        [
            Operation(
                "GET",
                Admin.changes,
                "followChanges",
                .status,
                "What happens, as server-sent events, until one side ends it. `transitions` need `sync`.",
                .events([.changeEvent, .positionEvent, .transitionEvent])
            ) {
                let after = Parameter.query(
                    "after",
                    "A generation, or the id of an event.",
                    .text(pattern: Parameter.markPattern),
                    example: "7"
                )
                let kinds = Parameter.query(
                    "kinds",
                    "Which, with a comma between; `changes` if absent.",
                    .text(pattern: "^(changes|transitions)(,(changes|transitions)){0,1}$"),
                    example: "changes,transitions"
                )
                $0.needs("look-up", .vaultUnavailable, parameters: after, kinds, .lastEventID)
                $0.events = [
                    "change": .changeEvent, "position": .positionEvent, "reset": .positionEvent,
                    "transition": .transitionEvent,
                ]
            }
        ]
    }

    static var quarantine: [Operation] {
        [
            Operation(
                "GET",
                Admin.quarantine,
                "listQuarantine",
                .status,
                "Batches of removals that wait for an administrator.",
                .ok(.page("HeldBatches", of: .ref(.heldBatch)))
            ) { $0.needs("sync", .syncBusy) },
            Operation(
                "GET",
                Admin.quarantineBatch,
                "getQuarantine",
                .status,
                "One batch, with a page of what it holds.",
                .ok(.heldBatchPage)
            ) {
                $0.lists("sync", .notFound, .syncBusy)
            },
            Operation(
                "POST",
                Admin.quarantineRelease,
                "releaseQuarantine",
                .status,
                "Let the removals of a batch happen.",
                .ok(.release)
            ) {
                $0.needs("sync", .notFound, .invalidValue, .quarantineChanged, .syncBusy, .vaultUnavailable)
                $0.takes(.releaseRequest, example: ["removals": 12, "reason": "the department moved"])
            },
            Operation(
                "POST",
                Admin.quarantineRefuse,
                "refuseQuarantine",
                .status,
                "Drop a batch, and read everything again.",
                .accepted(.syncRun, links: ["getSync": "/id"])
            ) {
                $0.needs("sync", .notFound, .invalidValue, .quarantineChanged, .syncBusy, .vaultUnavailable)
                $0.takes(.reasonRequest)
            },
        ]
    }
}
