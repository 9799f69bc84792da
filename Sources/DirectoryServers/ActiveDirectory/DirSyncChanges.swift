import Identity
import LDAPClient

/// What a DirSync search told, reduced to which entries to look at again: the attributes themselves are partial.
struct DirSyncChanges: Sendable {
    /// Gone from the directory.
    private(set) var deleted: [EntryID] = []
    /// There, with some attribute changed.
    private(set) var changed: [ObjectGUID] = []
    /// Those of ``changed`` that were there before and have another name or another place now.
    private(set) var moved: [Moved] = []
    /// Those who are new and have a primary group, which does not name them as its member.
    private(set) var newcomers: [ObjectGUID] = []
    /// Whether somebody who was there before has another primary group.
    private(set) var changesPrimaryGroup = false

    struct Moved: Sendable {
        let guid: ObjectGUID
        /// Its name now.
        let dn: String
    }

    var isEmpty: Bool { deleted.isEmpty && changed.isEmpty }
    var count: Int { deleted.count + changed.count }

    /// An entry without a GUID is left out: the server names it in each entry of DirSync.
    mutating func add(_ entry: SearchEntry) {
        guard let guid = entry.objectGUID else { return }
        if entry.string(ActiveDirectoryAttributes.isDeleted)?.uppercased() == "TRUE" {
            return deleted.append(EntryID(folding: guid.bytes))
        }
        changed.append(guid)
        // An entry's class never changes: where it is told, the entry is new, and nobody is below it that is not
        // new as well.
        let isNew = entry.has(ActiveDirectoryAttributes.objectClass)
        if entry.has(ActiveDirectoryAttributes.name), !isNew { moved.append(Moved(guid: guid, dn: entry.dn)) }
        guard entry.has(ActiveDirectoryAttributes.primaryGroup) else { return }
        if isNew { newcomers.append(guid) } else { changesPrimaryGroup = true }
    }
}
