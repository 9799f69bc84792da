private typealias Admin = Routes.Admin

/// The vault as a whole, the audit, and the policies.
extension Operation {
    static var policies: [Operation] {
        [
            Operation(
                "GET",
                Admin.policies,
                "listPolicies",
                .status,
                "The policies in force, in order, with how many people each matches.",
                .ok(.policyList)
            ) { $0.needs("look-up", .notReady, .mirrorUnavailable, .directoryUnavailable, .vaultUnavailable) },
            Operation(
                "POST",
                Admin.policySimulations,
                "simulatePolicies",
                .status,
                "Who could do less or more under other policies, page by page. Nothing is changed or kept.",
                .ok(.policySimulation)
            ) {
                $0.needs("look-up", .invalidValue, .notReady, .mirrorUnavailable, .directoryUnavailable)
                $0.problems.append(.vaultUnavailable)
                $0.takes(
                    .policySimulationRequest,
                    example: ["configuration": "policies: [{ name: all, methods: [email], reset: { gates: 1 } }]"]
                )
            },
        ]
    }

    static var vault: [Operation] {
        [
            Operation("GET", Admin.vaultKeys, "getKeys", .vault, "How the vault stands to its keys.", .ok(.vaultKeys)) {
                $0.needs("vault", .vaultUnavailable)
            },
            Operation(
                "POST",
                Admin.vaultRotations,
                "rotateKeys",
                .vault,
                "Begin to rotate the vault's own keys.",
                Answer(status: 202, description: "Under way.", schema: .ref(.vaultKeys))
            ) {
                $0.needs("vault", .conflict, .vaultUnavailable)
                $0.takes(.empty)
            },
            Operation("POST", Admin.vaultBackups, "backUp", .vault, "Write a backup now.", .created(.backup)) {
                $0.needs("vault", .invalidValue, .vaultUnavailable)
                $0.takes(.backupRequest, example: ["directory": "/var/lib/latchkey/backups"])
            },
        ]
    }

    static var personalData: [Operation] {
        [
            Operation(
                "POST",
                Admin.userExports,
                "exportPerson",
                .vault,
                "Everything that is kept of one person, but what nobody may read back.",
                .ok(.personExport)
            ) {
                $0.concernsPerson("vault", .invalidValue)
                $0.takes(.reasonRequest)
            },
            Operation(
                "POST",
                Admin.userErasures,
                "erasePerson",
                .vault,
                "Erase all of it, also out of the audit.",
                .ok(.erasure)
            ) {
                $0.concernsPerson("vault", .invalidValue, .conflict)
                $0.takes(.reasonRequest)
            },
        ]
    }

    static var audit: [Operation] {
        [
            Operation(
                "GET",
                Admin.audit,
                "listAudit",
                .vault,
                "The audited decisions, oldest first.",
                .ok(.page("AuditRecords", of: .ref(.auditRecord)))
            ) {
                let after = Parameter.query("after", "The sequence number to go on from.", .count)
                $0.lists("audit", parameters: after)
            },
            Operation(
                "POST",
                Admin.auditVerifications,
                "verifyAudit",
                .vault,
                "Walk over the whole chain.",
                .ok(.auditVerification)
            ) {
                $0.needs("audit", .invalidValue, .vaultUnavailable)
                $0.takes(.auditVerificationRequest, example: [:])
            },
        ]
    }

    static var reloads: [Operation] {
        [
            Operation(
                "POST",
                Admin.reloads,
                "reload",
                .status,
                "Read the configuration file again: all of it is in force afterwards, or nothing.",
                .ok(.reload)
            ) {
                $0.needs("reload", .invalidValue, .vaultUnavailable)
                $0.takes(.empty)
            }
        ]
    }
}
