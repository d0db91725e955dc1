"""Stands between a client and the sandbox: signs every request that is not signed, and keeps what was answered."""

import hashlib
import http.client
import http.server
import re
import secrets
import threading
import time
from urllib.parse import urlsplit

from proof import operations

KEY, SECRET, USER = "sandbox-key", "sandbox-secret", "sandbox-user"
# Text, which stays as it is, and whole numbers that JavaScript would round.
LONG_NUMBERS = re.compile(r'"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])')
DROPPED = {"host", "connection", "transfer-encoding", "content-length"}


class Recorder:
    """A proxy on this machine. `replies` has the last answer to each operation, by its id. With `as_text`, numbers that
    JavaScript would round are made text.
    """

    def __init__(self, target, as_text=False):
        self.target = urlsplit(target)
        self.as_text = as_text
        self.replies = {}
        self.rows = [
            (method.upper(), re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)) + r"\Z"), row)
            for row, (path, method, _) in operations().items()
        ]

    def __enter__(self):
        recorder = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                recorder.pass_on(self)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def pass_on(self, handler):
        """Signs a request, sends it on, and answers with what came back."""
        body = handler.rfile.read(int(handler.headers.get("content-length", 0)))
        headers = {name: value for name, value in handler.headers.items() if name.lower() not in DROPPED}
        connection = http.client.HTTPConnection(self.target.netloc, timeout=30)
        is_signed = "signature" in handler.headers or "sign=" in handler.path
        connection.request(
            handler.command, handler.path, body or None, headers if is_signed else {**headers, **signed()}
        )
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        self.replies[self.row(handler)] = text.decode()
        if self.as_text:
            text = long_numbers_as_text(text.decode()).encode()
        handler.send_response(answer.status)
        handler.send_header("content-type", answer.headers.get("content-type", ""))
        handler.send_header("content-length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text)

    def row(self, handler):
        """The id of the operation that a request is for."""
        path = urlsplit(handler.path).path
        found = [row for method, pattern, row in self.rows if method == handler.command and pattern.match(path)]
        # A path without names in it is the better match.
        return min(found, key=lambda row: "{" in operations()[row][0], default=None)


def long_numbers_as_text(text):
    """JSON in which no number is longer than what JavaScript holds."""
    return LONG_NUMBERS.sub(lambda found: found[0] if found[0].startswith('"') else f'"{found[0]}"', text)


def signed():
    """The five headers."""
    timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
    signature = hashlib.md5((KEY + timestamp + nonce + SECRET).encode()).hexdigest().upper()
    values = {"access-key": KEY, "timestamp": timestamp, "nonce-str": nonce, "user-id": USER}
    return {**values, "signature": signature}
