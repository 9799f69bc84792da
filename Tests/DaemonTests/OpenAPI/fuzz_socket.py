"""Runs schemathesis on one socket of a daemon, with the OpenAPI document that this socket serves.

    fuzz_socket.py SOCKET FOLDER EXAMPLES SEED

Schemathesis speaks TCP: a loopback port stands before the socket. In FOLDER are its notes and whatever the daemon is
asked to write. The exit status is that of schemathesis: 0 if it found nothing.
"""
import http.client
import json
import os
import select
import socket
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
QUIET = 0.3  # seconds after which a feed is ended that tells nothing


class Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=30)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


def document(path):
    connection = Connection(path)
    connection.request("GET", "/v1/openapi.json")
    response = connection.getresponse()
    assert response.status == 200, response.status
    return json.loads(response.read())


def closed(schema):
    """Answers may get further members, so the document leaves their schemas open. Here one is a drift."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            schema.setdefault("additionalProperties", False)
        for value in schema.values():
            closed(value)
    elif isinstance(schema, list):
        for value in schema:
            closed(value)


def relay(client, path):
    server = socket.socket(socket.AF_UNIX)
    server.connect(path)
    is_feed = False
    try:
        while True:
            ready, _, _ = select.select([client, server], [], [], QUIET if is_feed else None)
            for side in ready:
                data = side.recv(1 << 16)
                if not data:
                    return
                (server if side is client else client).sendall(data)
                is_feed = is_feed or (side is server and b"text/event-stream" in data)
            if is_feed and not ready:
                # It would go on for ever: its last chunk is ours (RFC 9112, 7.1).
                client.sendall(b"0\r\n\r\n")
                return
    except OSError:
        pass
    finally:
        client.close()
        server.close()


def listen(path):
    server = socket.create_server(("127.0.0.1", 0), backlog=64)

    def accept():
        while True:
            client, _ = server.accept()
            threading.Thread(target=relay, args=(client, path), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return server.getsockname()[1]


def main():
    path, folder, examples, seed = sys.argv[1:]
    schema = document(path)
    closed(schema["components"]["schemas"])
    file = os.path.join(folder, "openapi.json")
    with open(file, "w") as output:
        json.dump(schema, output)
    environment = dict(os.environ, PYTHONPATH=HERE, SCHEMATHESIS_HOOKS="socket_hooks", LATCHKEY_FUZZ_FOLDER=folder)
    environment["LATCHKEY_FUZZ_URL"] = url = f"http://127.0.0.1:{listen(path)}"
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", os.path.join(HERE, "schemathesis.toml"),
        "run", file, "--url", url, "--max-examples", examples, "--seed", seed, "--generation-database", "none", *os.environ.get("LATCHKEY_FUZZ_OPTIONS", "").split(),
    ]
    sys.exit(subprocess.run(command, env=environment, cwd=folder).returncode)


if __name__ == "__main__":
    main()
