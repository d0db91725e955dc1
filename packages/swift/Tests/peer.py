"""A server that answers badly: how is the first part of the path. Prints its address, and tells what it counted at /counts.

Before it prints the addresses of others, which speak no TLS, and of one whose certificate nobody has signed but itself.
"""

import collections
import gzip
import json
import pathlib
import socket
import ssl
import subprocess
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import endless

REPLY = b'{"code":200,"requestId":"r","data":{"currency":"CNY"}}'
counts = collections.Counter()
lock = threading.Lock()


class Peer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/counts":
            self.reply(json.dumps(counts).encode())
        else:
            self.do_POST()

    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        # A proxy is asked for whole addresses.
        way = self.path.split("/")[1] if self.path.startswith("/") else "proxied"
        with lock:
            counts[way] += 1
            count = counts[way]
        if way in endless.WAYS:
            endless.WAYS[way](self.wfile.write)
        else:
            getattr(self, f"way_{way}")(count)

    def way_redirect(self, _):
        self.reply(b"over there", status=302, location="/elsewhere/")

    def way_proxied(self, _):
        self.reply(REPLY)

    def way_elsewhere(self, _):
        self.reply(REPLY)

    def way_gzip(self, _):
        self.reply(gzip.compress(REPLY), content_encoding="gzip")

    def way_xgzip(self, _):
        self.reply(gzip.compress(REPLY), content_encoding="X-GZIP")

    def way_cookies(self, count):
        """Sets cookies, and counts the requests that bring any."""
        if "cookie" in self.headers:
            with lock:
                counts["with cookies"] += 1
        # Foundation on Linux knows the header in this case only.
        self.reply(REPLY, Set_Cookie=f"session={count}; Path=/")

    def way_lost(self, _):
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def way_dies(self, count):
        """The first request is answered, and its connection kept; the others are received and never answered."""
        if count == 1:
            self.reply(REPLY)
        else:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True

    def reply(self, body, status=200, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def listener():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Peer)
    server.daemon_threads = True
    server.handle_error = lambda *_: None
    return server


def self_signed():
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = pathlib.Path(folder, "key"), pathlib.Path(folder, "certificate")
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"]
        command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context


def no_tls(answer):
    """Reads a client's first words in TLS, and answers with something else."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            connection, _ = listening.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return f"https://localhost:{listening.getsockname()[1]}"


# Port without TLS, alerts of a wrong version and of no cipher in common, and an end at once.
NO_TLS = [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x15\x03\x03\0\x02\x02\x46", b"\x15\x03\x03\0\x02\x02\x28", b""]
print("without TLS on", *map(no_tls, NO_TLS), flush=True)
secure = listener()
secure.socket = self_signed().wrap_socket(secure.socket, server_side=True)
threading.Thread(target=secure.serve_forever, daemon=True).start()
server = listener()
print(f"with a certificate of its own on https://127.0.0.1:{secure.server_port}", flush=True)
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
