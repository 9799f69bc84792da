"""Takes messages as a gateway does, and writes each to DIRECTORY/NNNN.json for whoever reads them: gateway.py DIRECTORY"""
import http.server
import os
import sys
import threading

lock = threading.Lock()


class Gateway(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with lock:
            path = os.path.join(sys.argv[1], "%04d.json" % (len(os.listdir(sys.argv[1])) + 1))
            with open(path + ".new", "wb") as file:
                file.write(body)
            os.rename(path + ".new", path)
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", 8025), Gateway).serve_forever()
