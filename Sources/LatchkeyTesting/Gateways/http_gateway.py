"""A small HTTP gateway for the tests. Standard library only.

http_gateway.py DIRECTORY [--tls CRT KEY] [--status CODE]... [--retry-after SECONDS] [--location URL] [--silent]

Writes its port to DIRECTORY/port and each request to DIRECTORY/request-N as JSON {path, headers, body}. Answers with the
given statuses in turn, then with 202.
"""
import argparse
import http.server
import json
import os
import ssl
import threading

parser = argparse.ArgumentParser()
parser.add_argument("directory")
parser.add_argument("--tls", nargs=2)
parser.add_argument("--status", action="append", type=int, default=[])
parser.add_argument("--retry-after")
parser.add_argument("--location")
parser.add_argument("--silent", action="store_true")
options = parser.parse_args()
lock = threading.Lock()
count = 0


def put(name, text):
    path = os.path.join(options.directory, name)
    with open(path + ".new", "w") as file:
        file.write(text)
    os.rename(path + ".new", path)


class Gateway(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        global count
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        with lock:
            count += 1
            number = count
            status = options.status.pop(0) if options.status else 202
        headers = {name.lower(): value for name, value in self.headers.items()}
        put("request-%d" % number, json.dumps({"path": self.path, "headers": headers, "body": body}))
        if options.silent:
            threading.Event().wait()
        self.send_response(status)
        if options.retry_after:
            self.send_header("Retry-After", options.retry_after)
        if options.location:
            self.send_header("Location", options.location)
        answer = ("you said " + body).encode()
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST

    def log_message(self, *words):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
if options.tls:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*options.tls)
    server.socket = context.wrap_socket(server.socket, server_side=True)
put("port", str(server.server_address[1]))
server.serve_forever()
