#!/usr/bin/env python3
"""latchkey.yaml(5) from etc/latchkey.yaml, which names every option with a line about it.

configuration.py VERSION < latchkey.yaml > latchkey.yaml.5
"""
import re
import sys

import roff

# An option that is commented out: a key, or what goes on with the braces of the line before.
OPTION = re.compile(r'^(\s*)# (\s*(?:- \{ |"?[a-z+][A-Za-z0-9+]*"?: |[a-z][A-Za-z]*:$).*)$')
INTRODUCTION = [
    "Latchkey's configuration: one YAML file. An unknown key, or a value that cannot be, is an error with its line, "
    "and nothing starts. What follows is the whole file, option by option; those in brackets show a default, "
    "or an example.",
]


def split(line):
    """The option and what is said of it: `a: 1  # words`."""
    quoted = False
    for index, letter in enumerate(line):
        quoted ^= letter == '"'
        if letter == "#" and not quoted and (index == 0 or line[index - 1] == " "):
            return line[:index].rstrip(), line[index + 1:].strip()
    return line.rstrip(), ""


def entries(lines):
    """(option, whether it is commented out, words); words alone go on with what was said before."""
    for line in lines:
        match = OPTION.match(line)
        option, words = split(match.group(1) + match.group(2) if match else line)
        yield option, match is not None, words


def render(option, commented, words):
    indentation = len(option) - len(option.lstrip())
    shown = ("[%s]" if commented else "%s") % option.strip()
    return [".TP 4", roff.literal(shown, indentation), roff.text(words) or "\\&"]


def main(version):
    header, _, body = sys.stdin.read().partition("\n\n")
    lines = roff.page("latchkey.yaml", 5, version, "configuration of latchkeyd") + [".SH DESCRIPTION"]
    lines += [roff.text(each) for each in INTRODUCTION] + [".PP"]
    lines += roff.paragraphs("\n".join(line[2:] for line in header.split("\n")[2:]))
    lines += [".SH OPTIONS"]
    for option, commented, words in entries(line for line in body.split("\n") if line.strip()):
        if option:
            lines += render(option, commented, words)
        elif words:
            lines.append(roff.text(words))
    lines += [".SH FILES"] + roff.entry(".I " + roff.text("/usr/share/doc/latchkey/examples"),
                                        "This file, and a whole configuration for each of five services.")
    print("\n".join(lines + roff.see_also(("latchkeyd", 8), ("latchkeyctl", 8))))


main(sys.argv[1])
