import Identity

/// Says of each line of an import what it would do. It changes nothing.
struct ImportJudge {
    let environment: ServiceEnvironment
    let admission: Admission
    let reason: AdminReason

    private var targets: [String: Result<Admission.Target, ServiceError>] = [:]
    private var seen: [Pair: Int] = [:]

    private struct Pair: Hashable {
        var person: EntryID
        var kind: MethodKind
    }

    enum Verdict {
        case entry(MethodEntry)
        case wrong(ImportReport.Result, String?)
    }

    init(environment: ServiceEnvironment, admission: Admission, reason: AdminReason) {
        self.environment = environment
        self.admission = admission
        self.reason = reason
    }

    /// - Throws: ``ServiceError`` when the directory or a store does not answer: then nothing can be said.
    mutating func judge(_ line: ImportFile.Line) async throws(ServiceError) -> Verdict {
        if let fault = line.fault { return .wrong(.invalid, fault) }
        let target: Admission.Target
        switch try await self.target(line.login) {
        case .success(let found): target = found
        case .failure(let error):
            return .wrong(error.code == .notFound ? .unknownLogin : .oneself, error.detail)
        }
        guard let account = target.account else { return .wrong(.unknownLogin, "The entry is gone.") }
        if target.isProtected {
            return .wrong(.protected, "Protected people are not imported. Use `latchkeyctl methods add`.")
        }
        do {
            return try entry(line, account.user)
        } catch {
            return .wrong(.invalid, error.detail)
        }
    }

    private mutating func entry(_ line: ImportFile.Line, _ user: User) throws(ServiceError) -> Verdict {
        guard let kind = MethodKind(rawValue: line.kind) else {
            let names = EnteredValue.kinds.map(\.rawValue).joined(separator: ", ")
            return .wrong(.invalid, "The kind must be one of: \(names).")
        }
        guard let policy = environment.policies.policy(forRoles: user.roles) else {
            return .wrong(.invalid, "No policy holds for this person.")
        }
        var request = MethodRequest(kind: kind, label: line.label)
        request.address = line.value
        request.number = line.value
        request.numberExtension = line.numberExtension
        let draft = try EnteredValue.draft(request, source: .imported, under: policy, environment.limits.budgets)
        if let former = seen.updateValue(line.number, forKey: Pair(person: user.id, kind: kind)) {
            return .wrong(.duplicate, "Line \(former) has this kind for the same person.")
        }
        return .entry(
            MethodEntry(
                person: user.id,
                draft: draft,
                mayCompare: admission.administrator.may(.reveal, over: user.roles),
                notice: .methodEntered(kind),
                details: ["why": reason.text]
            )
        )
    }

    /// Each person is read once.
    private mutating func target(
        _ login: String
    ) async throws(ServiceError) -> Result<Admission.Target, ServiceError> {
        let key = MatchKey(login).text
        if let known = targets[key] { return known }
        let found: Result<Admission.Target, ServiceError>
        do {
            found = .success(try await admission.target(login))
        } catch {
            guard error.code == .notFound || error == Admission.oneself else { throw error }
            found = .failure(error)
        }
        targets[key] = found
        return found
    }
}
