import Foundation

/// The paths of the API, as templates (`{name}` is one segment) and filled in.
package enum Routes {
    /// The address of the person's own machine, as the front end knows it. A hint: limits go by it.
    package static let clientAddressHeader = "Latchkey-Client-Address"
    package static let health = "/health"
    package static let ready = "/ready"
    package static let metrics = "/metrics"
    /// Each socket's own OpenAPI document.
    package static let openAPI = "/v1/openapi.json"

    /// The front-end socket.
    package enum Frontend {
        package static let signIns = "/v1/sign-ins"
        package static let registration = "/v1/registration"
        package static let methods = "/v1/registration/methods"
        package static let method = "/v1/registration/methods/{id}"
        package static let methodChallenges = "/v1/registration/methods/{id}/challenges"
        package static let registrationChallenge = "/v1/registration/challenges/{id}"
        package static let registrationResponse = "/v1/registration/challenges/{id}/response"
        package static let confirmations = "/v1/registration/confirmations"
        package static let resets = "/v1/resets"
        package static let reset = "/v1/resets/current"
        package static let resetChallenges = "/v1/resets/current/challenges"
        package static let resetChallenge = "/v1/resets/current/challenges/{id}"
        package static let resetResponse = "/v1/resets/current/challenges/{id}/response"
        package static let password = "/v1/resets/current/password"
        package static let unlock = "/v1/resets/current/unlock"
        package static let passwordChecks = "/v1/password-checks"

        package static let securityQuestions = "/v1/registration/security-questions"
        package static let appApprovals = "/v1/app-approvals"
        package static let callAnswers = "/v1/call-answers"

        package static let resetLinks = "/v1/reset-links"
        package static let repudiations = "/v1/repudiations"
    }

    /// The admin socket.
    package enum Admin {
        /// The same document as `Routes.openAPI` on that socket.
        package static let openAPI = "/v1/admin/openapi.json"
        package static let status = "/v1/admin/status"
        package static let users = "/v1/admin/users"
        package static let user = "/v1/admin/users/{login}"
        package static let userMethods = "/v1/admin/users/{login}/methods"
        package static let unlocks = "/v1/admin/users/{login}/unlocks"
        package static let explanation = "/v1/admin/users/{login}/explanation"
        package static let userReveals = "/v1/admin/users/{login}/reveals"
        package static let userRemovals = "/v1/admin/users/{login}/method-removals"
        package static let userConfirmations = "/v1/admin/users/{login}/required-confirmations"
        package static let userResetLinks = "/v1/admin/users/{login}/reset-links"
        package static let userLimits = "/v1/admin/users/{login}/limits"
        package static let userLimitClearings = "/v1/admin/users/{login}/limit-clearings"
        package static let userPasses = "/v1/admin/users/{login}/passes"
        package static let userRevocations = "/v1/admin/users/{login}/pass-revocations"
        package static let userFreezes = "/v1/admin/users/{login}/freezes"
        package static let userFreezeLiftings = "/v1/admin/users/{login}/freeze-liftings"
        package static let freezes = "/v1/admin/freezes"
        package static let methodImports = "/v1/admin/method-imports"
        package static let registrations = "/v1/admin/registrations"
        package static let requiredConfirmations = "/v1/admin/required-confirmations"
        package static let approvals = "/v1/admin/approvals"
        package static let approval = "/v1/admin/approvals/{id}/approval"
        package static let approvalRefusal = "/v1/admin/approvals/{id}/refusal"
        package static let roles = "/v1/admin/roles"
        package static let role = "/v1/admin/roles/{name}"
        package static let syncs = "/v1/admin/syncs"
        package static let sync = "/v1/admin/syncs/{id}"
        package static let examinations = "/v1/admin/examinations"
        package static let changes = "/v1/admin/changes"
        package static let freshness = "/v1/admin/freshness"
        package static let quarantine = "/v1/admin/quarantine"
        package static let quarantineBatch = "/v1/admin/quarantine/{id}"
        package static let quarantineRelease = "/v1/admin/quarantine/{id}/release"
        package static let quarantineRefuse = "/v1/admin/quarantine/{id}/refuse"
        package static let policies = "/v1/admin/policies"
        package static let policySimulations = "/v1/admin/policy-simulations"
        package static let audit = "/v1/admin/audit"
        package static let vaultKeys = "/v1/admin/vault/keys"
        package static let vaultRotations = "/v1/admin/vault/rotations"
        package static let vaultBackups = "/v1/admin/vault/backups"
        package static let userExports = "/v1/admin/users/{login}/exports"
        package static let userErasures = "/v1/admin/users/{login}/erasures"
        package static let reloads = "/v1/admin/reloads"
        package static let auditVerifications = "/v1/admin/audit/verifications"
    }

    /// Puts a value in the place of a template's only `{…}`, percent-encoded as one segment.
    package static func fill(_ template: String, _ value: String) -> String {
        guard let open = template.firstIndex(of: "{"), let close = template.firstIndex(of: "}") else {
            return template
        }
        return template[..<open] + encoded(value) + template[template.index(after: close)...]
    }

    /// Adds a query, percent-encoded. Parameters that are nil are left out.
    package static func query(_ path: String, _ parameters: [(name: String, value: String?)]) -> String {
        let given = parameters.compactMap { parameter in
            parameter.value.map { "\(parameter.name)=\(encoded($0))" }
        }
        return given.isEmpty ? path : path + "?" + given.joined(separator: "&")
    }

    /// Everything but the unreserved characters of RFC 3986, 2.3, is encoded.
    private static func encoded(_ value: String) -> String {
        value.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
}
