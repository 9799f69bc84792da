"""The mirror against everything that slapd holds."""
import base64

from processes import GROUPS, PEOPLE


def entries(ldif):
    """(DN, attributes) of each entry; names of attributes in lower case."""
    for block in ldif.split("\n\n"):
        attributes = {}
        for line in block.splitlines():
            name, _, value = line.partition(":")
            if value.startswith(":"):
                value = base64.b64decode(value[1:].strip()).decode()
            attributes.setdefault(name.lower(), []).append(value.strip())
        if "dn" in attributes:
            yield attributes["dn"][0], attributes


def expected(ldif):
    """People and roles as the mirror has to show them."""
    people, groups = {}, {}
    for dn, attributes in entries(ldif):
        if dn.lower().endswith(f",{PEOPLE}".lower()):
            people[dn.lower()] = attributes
        elif dn.lower().endswith(f",{GROUPS}".lower()):
            groups[dn.lower()] = attributes
    holders = {}
    for dn, attributes in groups.items():
        for member in attributes.get("member", ()):
            holders.setdefault(member.lower(), set()).add(dn)
    roles = {dn: above(dn, holders) for dn in people}
    counts = {}
    for held in roles.values():
        for group in held:
            counts[group] = counts.get(group, 0) + 1
    return ({one["entryuuid"][0]: person(dn, one, roles[dn], groups) for dn, one in people.items()},
            {one["entryuuid"][0]: (one["cn"][0], dn, counts.get(dn, 0)) for dn, one in groups.items()})


def above(dn, holders):
    found, waiting = set(), [dn]
    while waiting:
        for holder in holders.get(waiting.pop(), ()):
            if holder not in found:
                found.add(holder)
                waiting.append(holder)
    return found


def person(dn, attributes, held, groups):
    names = sorted(groups[group]["cn"][0] for group in held)
    return (attributes["uid"][0], attributes["cn"][0], attributes["mail"][0], dn, tuple(names))


def shown(watch):
    people = {one["id"]: (one["login"], one.get("displayName"), one.get("email"), one["dn"].lower(),
                          tuple(sorted(one["roles"])))
              for one in everything(watch, "/v1/admin/users")}
    roles = {one["id"]: (one["name"], one["dn"].lower(), one["members"])
             for one in everything(watch, "/v1/admin/roles")}
    return people, roles


def everything(watch, path):
    cursor = ""
    while cursor is not None:
        page = watch.get(f"{path}?limit=1000" + (f"&cursor={cursor}" if cursor else ""))
        yield from page["items"]
        cursor = page["next"]


def differences(ldif, watch):
    """A sentence for each."""
    found = []
    for what, wanted, got in zip(("person", "role"), expected(ldif), shown(watch)):
        if not wanted:
            found.append(f"slapd has no {what} to compare with")
        for key in sorted(wanted.keys() | got.keys()):
            if wanted.get(key) != got.get(key):
                found.append(f"{what} {key}: slapd has {wanted.get(key)}, the mirror {got.get(key)}")
    return found
