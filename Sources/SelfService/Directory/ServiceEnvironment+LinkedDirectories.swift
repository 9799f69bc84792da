import Identity
import Logging

extension ServiceEnvironment {
    /// Asks all linked directories at once; in the order of the configuration.
    func linkedStandings(of person: User, for kind: WriteIntent.Kind) async -> [LinkedStanding] {
        await withTaskGroup(of: (Int, LinkedStanding).self) { group in
            for (index, directory) in linked.enumerated() {
                group.addTask {
                    let state = await self.state(in: directory, of: person, for: kind)
                    return (index, LinkedStanding(directory: directory, state: state))
                }
            }
            var found: [(Int, LinkedStanding)] = []
            for await standing in group { found.append(standing) }
            return found.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func state(
        in directory: LinkedDirectory,
        of person: User,
        for kind: WriteIntent.Kind
    ) async -> LinkedStanding.State {
        do throws(DirectoryFailure) {
            switch try await directory.accounts.match(login: person.login) {
            case .none: return .closed(.accountNotFound)
            case .several: return .closed(.accountAmbiguous)
            case .one(let account): return try await state(of: account, in: directory, for: kind)
            }
        } catch {
            logger.warning(
                "a linked directory did not answer",
                metadata: ["directory": "\(directory.name)", "error": "\(error)"]
            )
            return .closed(.directoryUnavailable)
        }
    }

    private func state(
        of account: LiveAccount,
        in directory: LinkedDirectory,
        for kind: WriteIntent.Kind
    ) async throws(DirectoryFailure) -> LinkedStanding.State {
        if let reason = Preflight.refusal(account, policies: policies) { return .closed(reason) }
        guard kind == .password else { return .open(account, DirectoryPasswordRules()) }
        let rules = try await directory.accounts.passwordRules(for: account)
        if let reason = Preflight.refusal(account, rules: rules, now: clock.now) { return .closed(reason) }
        return .open(account, rules)
    }

    /// The rules that a new password must meet in the linked directories, for whoever types: what is away is not waited
    /// for at each letter, and counts as a directory that may have further rules.
    func linkedRules(of person: User) async -> [DirectoryPasswordRules] {
        var present = self
        var rules: [DirectoryPasswordRules] = []
        for directory in linked where await directory.accounts.isAway {
            present.linked.removeAll { $0.name == directory.name }
            rules.append(DirectoryPasswordRules())
        }
        for standing in await present.linkedStandings(of: person, for: .password) {
            switch standing.state {
            case .open(_, let known): rules.append(known)
            case .closed(.directoryUnavailable): rules.append(DirectoryPasswordRules())
            case .closed: continue
            }
        }
        return rules
    }
}
