#!/usr/bin/env python3
"""A program's manual page from what the program says of itself, so that page and --help cannot differ.

PROGRAM --experimental-dump-help | command.py VERSION > PROGRAM.8
"""
import json
import sys

import roff

FILES = {
    "/etc/latchkey/latchkey.yaml": "The configuration; see latchkey.yaml(5).",
    "/var/lib/latchkey": "The mirror, which can be rebuilt, and the vault, which cannot.",
    "/run/latchkey/frontend.sock": "For reset front ends.",
    "/run/latchkey/admin.sock": "For administrators: members of the group latchkey-admin.",
}
PAGES = [("latchkeyd", 8), ("latchkeyctl", 8), ("latchkey.yaml", 5)]


def name(argument):
    """--socket <socket>, --json, <login>"""
    value = "<%s>" % argument.get("valueName", "")
    if argument["kind"] == "positional":
        return value + ("..." if argument["isRepeating"] else "")
    word = argument["preferredName"]["name"]
    word = ("--" if argument["preferredName"]["kind"] == "long" else "-") + word
    return word if argument["kind"] == "flag" else "%s %s" % (word, value)


def shown(command):
    return [each for each in command.get("arguments", []) if each["shouldDisplay"]]


def synopsis(command, common):
    words = command.get("superCommands", []) + [command["commandName"]]
    for argument in shown(command):
        if name(argument) in common:
            continue
        words.append("[%s]" % name(argument) if argument["isOptional"] else name(argument))
    return " ".join(words)


def options(command, common):
    lines = []
    for argument in shown(command):
        if name(argument) in common:
            continue
        words = argument.get("abstract", "")
        if argument.get("defaultValue"):
            words += " (default: %s)" % argument["defaultValue"]
        lines += roff.entry(roff.literal(name(argument)), words)
    return lines


def below(command):
    """Every verb, in the order of the help, each group before what is in it."""
    for each in command.get("subcommands", []):
        if each["commandName"] != "help":
            yield each
            yield from below(each)


def main(version):
    root = json.load(sys.stdin)["command"]
    common = [name(each) for each in shown(root)] + ["--help", "--version"]
    about = root["abstract"].rstrip(".")
    lines = roff.page(root["commandName"], 8, version, about[0].lower() + about[1:])
    verbs = list(below(root))
    usage = synopsis(root, []) + (" <subcommand>" if verbs else "")
    lines += [".SH SYNOPSIS", roff.literal(usage)]
    lines += [".SH DESCRIPTION"] + roff.paragraphs(root.get("discussion", ""))
    lines += [".SH OPTIONS"] + options(root, [])
    if verbs:
        lines += [".SH COMMANDS"]
    for verb in verbs:
        lines += ['.SS "%s"' % roff.text(synopsis(verb, common)), roff.text(verb["abstract"]), ".PP"]
        lines += roff.paragraphs(verb.get("discussion", "")) + options(verb, common)
    lines += [".SH FILES"]
    for path, words in FILES.items():
        lines += roff.entry(".I " + roff.text(path), words)
    lines += roff.see_also(*[page for page in PAGES if page[0] != root["commandName"]])
    print("\n".join(lines))


main(sys.argv[1])
