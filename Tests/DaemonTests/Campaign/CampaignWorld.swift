import Foundation
import LatchkeyTesting

/// What the campaign believes to be in the directory, and the next random change to it. It may be wrong after a
/// server was killed: a change that is refused then is no failure.
struct CampaignWorld {
    let dialect: CampaignDialect
    var random: SeededGenerator
    private var number = 0
    /// Names of people, units and groups.
    private var people: Set<String> = []
    private var units: Set<String> = []
    private var groups: Set<String> = []

    init(_ dialect: CampaignDialect, seed: UInt64) {
        self.dialect = dialect
        random = SeededGenerator(seed: seed)
    }

    /// People and groups that never go, so that not all do at once: that would be held for an administrator.
    mutating func keepers(_ count: Int) -> String {
        let people = (1...count).map { add("\(dialect.personRDN)=keeper\($0),\(dialect.people)", "keeper\($0)") }
        let groups = (1...5).map { group("keepers\($0)") }
        return (people + groups).joined(separator: "\n")
    }

    /// Learns what is there.
    mutating func see(people: [String], units: [String], groups: [String]) {
        self.people = Set(people)
        self.units = Set(units)
        self.groups = Set(groups)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func any(_ names: Set<String>) -> String? { names.sorted().randomElement(using: &random) }

    private mutating func fresh(_ prefix: String) -> String {
        number += 1
        return "\(prefix)\(number)x\(number(0...999))"
    }

    /// One change record, or nil where there is nothing to change.
    mutating func change() -> String? {
        switch number(0...21) {
        case 0...3, 20, 21: addPerson()
        case 4...5: any(people).map { remove($0) }
        case 6...7: any(people).map { rename($0) }
        case 8: any(people).map { move($0) }
        case 9: any(people).map { recreate($0) }
        case 10: any(people).map { setMail($0) }
        case 11: any(people).map { shut($0) }
        case 12: moveUnit()
        case 13: addUnit()
        case 14: addGroup()
        case 15: number(0...2) == 0 ? any(groups).map { remove($0) } : any(groups).map { rename($0) }
        case 16...17: member(adding: true, nesting: false)
        case 18: member(adding: true, nesting: true)
        default: member(adding: false, nesting: number(0...1) == 0)
        }
    }

    // MARK: People

    private mutating func addPerson() -> String {
        let login = fresh("p")
        // Half of them in units, so that moving one means something.
        let unit = number(0...1) == 0 ? any(units) : nil
        let dn = "\(dialect.personRDN)=\(login),\(unit ?? dialect.people)"
        people.insert(dn)
        return add(dn, login)
    }

    private func add(_ dn: String, _ login: String) -> String {
        """
        dn: \(dn)
        changetype: add
        objectClass: \(dialect.personClass)
        mail: \(login)@example.org
        \(dialect.personLines(login))

        """
    }

    /// Another entry under the same name.
    private func recreate(_ dn: String) -> String {
        "dn: \(dn)\nchangetype: delete\n\n" + add(dn, Self.name(dn))
    }

    private mutating func setMail(_ dn: String) -> String {
        "dn: \(dn)\nchangetype: modify\nreplace: mail\nmail: \(fresh("m"))@example.org\n"
    }

    private mutating func shut(_ dn: String) -> String {
        let (attribute, value, open) = dialect.shut
        if number(0...1) == 0 {
            return "dn: \(dn)\nchangetype: modify\nreplace: \(attribute)\n\(attribute): \(value)\n"
        }
        let line = open.map { "\(attribute): \($0)\n" } ?? ""
        return "dn: \(dn)\nchangetype: modify\nreplace: \(attribute)\n\(line)"
    }

    // MARK: Any entry

    private mutating func remove(_ dn: String) -> String {
        people.remove(dn)
        groups.remove(dn)
        return "dn: \(dn)\nchangetype: delete\n"
    }

    private mutating func rename(_ dn: String) -> String {
        let isGroup = groups.remove(dn) != nil
        people.remove(dn)
        let rdn = "\(Self.type(dn))=\(fresh(isGroup ? "g" : "p"))"
        let new = "\(rdn),\(Self.parent(dn))"
        if isGroup { groups.insert(new) } else { people.insert(new) }
        return "dn: \(dn)\nchangetype: modrdn\nnewrdn: \(rdn)\ndeleteoldrdn: 1\n"
    }

    private mutating func move(_ dn: String) -> String {
        people.remove(dn)
        let places = [dialect.people, dialect.outside] + units.sorted()
        let place = places.randomElement(using: &random) ?? dialect.people
        let rdn = "\(Self.type(dn))=\(Self.name(dn))"
        people.insert("\(rdn),\(place)")
        return "dn: \(dn)\nchangetype: modrdn\nnewrdn: \(rdn)\ndeleteoldrdn: 1\nnewsuperior: \(place)\n"
    }

    // MARK: Units

    private mutating func addUnit() -> String {
        let name = fresh("u")
        let dn = "ou=\(name),\(number(0...2) == 0 ? any(units) ?? dialect.people : dialect.people)"
        units.insert(dn)
        return "dn: \(dn)\nchangetype: add\nobjectClass: organizationalUnit\nou: \(name)\n"
    }

    /// Renames it, or moves it with all that is in it: elsewhere within the scope, out of it, or back.
    private mutating func moveUnit() -> String? {
        guard let dn = any(units) else { return nil }
        let others = units.filter { !$0.hasSuffix(dn) }
        let inner = any(Set(others)) ?? dialect.people
        let place = [dialect.people, dialect.outside, inner].randomElement(using: &random) ?? dialect.people
        let isRename = number(0...1) == 0
        let rdn = "ou=\(isRename ? fresh("u") : Self.name(dn))"
        let parent = isRename ? String(Self.parent(dn)) : place
        let new = "\(rdn),\(parent)"
        people = Set(people.map { Self.replace(dn, new, in: $0) })
        units = Set(units.map { Self.replace(dn, new, in: $0) })
        let line = isRename ? "" : "newsuperior: \(place)\n"
        return "dn: \(dn)\nchangetype: modrdn\nnewrdn: \(rdn)\ndeleteoldrdn: 1\n\(line)"
    }

    private static func replace(_ old: String, _ new: String, in dn: String) -> String {
        dn == old || dn.hasSuffix("," + old) ? dn.dropLast(old.count) + new : dn
    }

    // MARK: Groups

    private mutating func addGroup() -> String {
        let name = fresh("g")
        groups.insert("cn=\(name),\(dialect.groups)")
        return group(name)
    }

    private func group(_ name: String) -> String {
        let member = dialect.placeholder.map { "member: \($0)\n" } ?? ""
        return """
            dn: cn=\(name),\(dialect.groups)
            changetype: add
            objectClass: \(dialect.groupClass)
            cn: \(name)
            \(dialect.groupLines(name))\(member)

            """
    }

    /// Groups nest in whatever group: rings and groups within themselves come by themselves.
    private mutating func member(adding: Bool, nesting: Bool) -> String? {
        guard let group = any(groups), let member = any(nesting ? groups : people) else { return nil }
        let change = adding ? "add" : "delete"
        return "dn: \(group)\nchangetype: modify\n\(change): member\nmember: \(member)\n"
    }

    // MARK: Names, which here have nothing to escape

    private static func type(_ dn: String) -> Substring { dn.prefix { $0 != "=" } }
    static func name(_ dn: String) -> String {
        String(dn.drop { $0 != "=" }.dropFirst().prefix { $0 != "," })
    }
    private static func parent(_ dn: String) -> Substring { dn.drop { $0 != "," }.dropFirst() }
}
