"""How many requests to a Unix socket are answered, and how long the slowest takes.

knock.py SOCKET COUNT               so many connections at once, one request each
knock.py SOCKET --until FILE        one after the other, sixteen at a time, until the file is there
"""
import os
import socket
import sys
import threading
import time

path = sys.argv[1]
answered, lost, slowest = [], [], [0.0]


def knock():
    begun = time.monotonic()
    try:
        with socket.socket(socket.AF_UNIX) as peer:
            peer.settimeout(60)
            peer.connect(path)
            peer.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            said = b"".join(iter(lambda: peer.recv(4096), b""))
        (answered if said.startswith(b"HTTP/1.1 200 ") else lost).append(said[:100])
    except OSError as error:
        lost.append(repr(error))
    slowest[0] = max(slowest[0], time.monotonic() - begun)


def knock_until(file):
    while not os.path.exists(file):
        knock()


if sys.argv[2] == "--until":
    threads = [threading.Thread(target=knock_until, args=(sys.argv[3],)) for _ in range(16)]
else:
    threads = [threading.Thread(target=knock) for _ in range(int(sys.argv[2]))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("%d answered, %d lost, slowest %.2f s" % (len(answered), len(lost), slowest[0]))
for said in lost[:3]:
    print("lost:", said)
sys.exit(0 if answered and not lost else 1)
