"""How often each text stands in the writable memory of a process (proc(5)).

process_memory.py PID < TEXTS, one a line. Prints a number a line.
"""
import sys

pid = sys.argv[1]
texts = [line.rstrip("\n").encode() for line in sys.stdin]
counts = [0] * len(texts)
with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
    for line in maps:
        fields = line.split()
        if not fields[1].startswith("rw") or fields[-1].startswith("[vv"):
            continue
        start, end = (int(place, 16) for place in fields[0].split("-"))
        try:
            memory.seek(start)
            content = memory.read(end - start)
        except OSError:
            continue
        for number, text in enumerate(texts):
            counts[number] += content.count(text)
print("\n".join(map(str, counts)))
