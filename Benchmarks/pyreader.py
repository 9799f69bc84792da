"""Reads what a search delivers with python-ldap and drops it.
  pyreader.py URI BIND-DN PASSWORD-FILE FILTER BASE
In pages of 1,000, with all attributes; prints the number of entries."""
import sys

import ldap
from ldap.controls import SimplePagedResultsControl

PAGE = 1000
EVERYTHING = ["*", "entryUUID", "entryCSN", "createTimestamp", "modifyTimestamp"]

uri, name, password_file, filter_text, base = sys.argv[1:]
connection = ldap.initialize(uri)
with open(password_file) as file:
    connection.simple_bind_s(name, file.read().strip())
pages = SimplePagedResultsControl(True, PAGE, "")
entries = 0
while True:
    search = connection.search_ext(base, ldap.SCOPE_SUBTREE, filter_text, EVERYTHING, serverctrls=[pages])
    _, found, _, controls = connection.result3(search)
    entries += len(found)
    pages.cookie = next(c for c in controls if c.controlType == pages.controlType).cookie
    if not pages.cookie:
        break
print(f"{entries} entries")
