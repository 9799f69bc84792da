import DirectoryServers
import LDAPClient

/// `alsoWrite:`
struct AlsoWriteSection {
    private static let directoriesMax = 8
    private static let nameLengthMax = 64
    /// What the mirrored directory is called where outcomes are listed.
    private static let reserved = "directory"

    private let fields: Fields

    /// - Parameter main: the mirrored directory; nil after faults in it.
    static func read(_ value: Value, beside main: Settings.Directory?) -> [LinkedSettings]? {
        guard let items = value.items() else { return nil }
        guard (1...directoriesMax).contains(items.count) else {
            return value.wrong("expected 1 to \(directoriesMax) directories; without any, remove it")
        }
        var names: Set<String> = []
        var keytabs = Set([main?.keytab].compactMap { $0 })
        return items.compactMap { item in
            guard let linked = entry(item) else { return nil }
            if !names.insert(linked.name).inserted {
                item.fault("a directory named \(Quotation.of(linked.name)) stands above already; rename one")
            }
            if let keytab = linked.directory.keytab, !keytabs.isEmpty, !keytabs.contains(keytab) {
                item.fault("has another keytab than a directory before it; Kerberos has one for the whole process")
            }
            keytabs.formUnion([linked.directory.keytab].compactMap { $0 })
            return linked
        }
    }

    private static func entry(_ value: Value) -> LinkedSettings? {
        value.fields(["name", "directory", "users", "match"]).flatMap { AlsoWriteSection(fields: $0).settings() }
    }

    private func settings() -> LinkedSettings? {
        let name = fields.required("name").flatMap(Self.name)
        let directory = fields.required("directory").flatMap(DirectorySection.read)
        let match = fields.required("match")?.fields(["login"])?.required("login")?.attribute()
        // Who is found by that attribute bears it: it is the login there, unless another one is.
        let users = fields.required("users").flatMap { UsersSection.linked($0, login: match ?? "uid") }
        guard let name, let directory, let users, let match else { return nil }
        return LinkedSettings(name: name, directory: directory, users: users, match: match)
    }

    private static func name(_ value: Value) -> String? {
        guard let text = value.text() else { return nil }
        guard text.count <= nameLengthMax else { return value.wrong("is longer than \(nameLengthMax) characters") }
        guard text != reserved else {
            return value.wrong("is what the mirrored directory is called in answers; choose another name")
        }
        return text
    }
}

extension Settings.Directory {
    /// Of Kerberos, where one is named.
    fileprivate var keytab: String? {
        guard case .gssapi(let keytab) = bind else { return nil }
        return keytab
    }
}
