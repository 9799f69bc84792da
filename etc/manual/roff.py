"""The few things that a manual page is made of (man(7))."""


def text(words):
    """Words as they are: nothing in them is a request or an escape."""
    words = words.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in words.split("\n"))


def literal(words, indentation=0):
    """One line in bold; where it is too long it may break, but for its indentation."""
    return "\\&" + "\\ " * indentation + "\\fB" + text(words) + "\\fR"


def page(name, section, version, about):
    return ['.TH %s %s "" "Latchkey %s" "Latchkey"' % (name.upper(), section, version), ".nh", ".ad l",
            ".SH NAME", "%s \\- %s" % (text(name), text(about))]


def paragraphs(words):
    """Paragraphs; lines that are indented stay as they are."""
    lines, inside = [], False
    for line in words.split("\n"):
        indented = line.startswith("  ")
        if indented and not inside:
            lines += [".PP", ".RS 2", ".nf"]
        elif inside and not indented:
            lines += [".fi", ".RE"]
        inside = indented
        if not line.strip():
            lines.append(".PP")
        elif line.rstrip().endswith(":") and not indented:
            lines += [".PP", text(line.strip())]
        else:
            lines.append(text(line[2:] if indented else line))
    return lines + ([".fi", ".RE"] if inside else [])


def entry(head, words):
    return [".TP", head, text(words)]


def see_also(*pages):
    lines = [".SH SEE ALSO"]
    for name, section in pages:
        lines.append(".BR %s (%s)%s" % (text(name), section, "" if (name, section) == pages[-1] else ","))
    return lines
