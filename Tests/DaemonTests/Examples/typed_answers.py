"""Types at a prompt: each argument is a line, and CODE is the next code that comes into the spool.

    typed_answers.py SPOOL WORD…
"""
import json
import os
import sys
import time

DEADLINE = time.monotonic() + 60


def codes(spool):
    names = sorted(name for name in os.listdir(spool) if name.endswith(".json")) if os.path.isdir(spool) else []
    for name in names:
        with open(os.path.join(spool, name)) as file:
            code = json.load(file).get("code")
        if code:
            yield name, code


def main(spool, *words):
    seen = {name for name, _ in codes(spool)}
    for word in words:
        while word == "CODE":
            new = [(name, code) for name, code in codes(spool) if name not in seen]
            if new:
                seen.add(new[0][0])
                word = new[0][1]
            elif time.monotonic() > DEADLINE:
                sys.exit("no code came")
            else:
                time.sleep(0.05)
        print(word, flush=True)


main(*sys.argv[1:])
