import DirectoryServers
import Foundation
import SelfService

/// `passwordRules:`
enum PasswordRulesSection {
    private static let lengths = 1...1024
    /// Those that everybody's keyboard has.
    private static let classNames = [CharacterClass.lowerCase, .upperCase, .digit, .special].map(\.rawValue)
    /// In bytes, each file.
    static let blocklistSizeMax = 32 << 20

    static func read(_ value: Value) -> PasswordRules? {
        let keys = ["minimumLength", "maximumLength", "blocklist", "requireClasses"]
        guard let fields = value.fields(keys) else { return nil }
        var rules = PasswordRules()
        if let minimum = fields["minimumLength"]?.integer(in: lengths) { rules.minimumLength = minimum }
        if let maximum = fields["maximumLength"]?.integer(in: lengths) { rules.maximumLength = maximum }
        if rules.minimumLength > rules.maximumLength {
            value.fault("minimumLength \(rules.minimumLength) is over maximumLength \(rules.maximumLength)")
        }
        let classes = fields["requireClasses"]?.list { $0.word(classNames).flatMap(CharacterClass.init) }
        rules.classes = Set(classes ?? [])
        for file in fields["blocklist"]?.items() ?? [] { add(file, to: &rules.blocklist) }
        return rules
    }

    /// One password per line, compared in lower case.
    private static func add(_ value: Value, to blocklist: inout Set<String>) {
        guard let path = value.absolutePath() else { return }
        do throws(SecretError) {
            let bytes = try BoundedFile.read(path, maximum: blocklistSizeMax)
            for line in bytes.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
                blocklist.insert(String(decoding: line, as: UTF8.self).lowercased())
            }
        } catch {
            value.fault(error.reason)
        }
    }
}

/// `sessions:`
enum SessionsSection {
    static func read(_ value: Value) -> Lifetimes? {
        guard let fields = value.fields(["signIn", "idle", "reset", "code"]) else { return nil }
        var lifetimes = Lifetimes()
        if let seconds = fields["signIn"]?.span(in: 60...86400) { lifetimes.signIn = seconds }
        if let seconds = fields["idle"]?.span(in: 60...86400) { lifetimes.signInIdle = seconds }
        if let seconds = fields["reset"]?.span(in: 60...86400) { lifetimes.reset = seconds }
        if let seconds = fields["code"]?.span(in: 60...3600) { lifetimes.code = seconds }
        return lifetimes
    }
}

/// `links:`
enum LinksSection {
    static func read(_ value: Value) -> LinkRules? {
        guard let fields = value.fields(["baseURL", "lifetime"]) else { return nil }
        let lifetime = fields["lifetime"]?.span(in: 60...86400) ?? LinkRules.lifetimeDefault
        guard let url = fields.required("baseURL"), let text = url.text() else { return nil }
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty else {
            return url.wrong("expected a URL such as https://account.example.org/reset")
        }
        guard parts.scheme == "https" || (parts.scheme == "http" && Loopback.contains(host)) else {
            return url.wrong("must begin with https://, since a token travels with it (http only to this host)")
        }
        guard parts.fragment == nil, parts.user == nil, parts.password == nil else {
            return url.wrong("must not have a user, a password or a fragment; the token becomes the fragment")
        }
        return LinkRules(baseURL: text, lifetime: lifetime)
    }
}

/// `sync:`
enum SyncSection {
    static func read(_ value: Value) -> Settings.Sync? {
        let keys = ["follow", "verifyEvery", "holdRemovals", "purgeDeletedAfter"]
        guard let fields = value.fields(keys) else { return nil }
        var sync = Settings.Sync()
        if let word = fields["follow"]?.word(FollowPreference.allCases.map(\.rawValue)) {
            sync.follow = FollowPreference(rawValue: word) ?? .auto
        }
        if let seconds = fields["verifyEvery"]?.span(in: 60...30 * 86400) { sync.verifyEvery = seconds }
        if let seconds = fields["purgeDeletedAfter"]?.span(in: 3600...3650 * 86400) { sync.purgeDeletedAfter = seconds }
        guard let hold = fields["holdRemovals"]?.fields(["over", "atLeast", "groupLoss"]) else { return sync }
        if let share = hold["over"]?.share() { sync.holdOver = share }
        if let count = hold["atLeast"]?.integer(in: 0...10_000_000) { sync.holdAtLeast = count }
        if let share = hold["groupLoss"]?.share() { sync.holdGroupLoss = share }
        return sync
    }
}
