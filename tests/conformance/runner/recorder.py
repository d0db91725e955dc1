"""A way to the sandbox that keeps what passes."""

import http.client
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Optional


@dataclass
class Passed:
    method: str
    #: With the query string.
    path: str
    body: Optional[bytes]
    status: int
    reply: bytes


class Recorder:
    """Passes requests on, and keeps the last one with its reply."""

    def __init__(self, port):
        self.port = port
        self.last = None

    def __enter__(self):
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.pass_on(None)

            def do_POST(self):
                self.pass_on(self.rfile.read(int(self.headers.get("content-length", 0))))

            def pass_on(self, body):
                status, headers, content = recorder.reply(self.command, self.path, self.headers, body)
                recorder.last = Passed(self.command, self.path, body, status, content)
                self.send_response_only(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def reply(self, method, path, headers, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            sent = {name: value for name, value in headers.items() if name.lower() != "connection"}
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            content = response.read()
            # The handler speaks of the connection for itself.
            kept = [(name, value) for name, value in response.getheaders() if name.lower() != "connection"]
            return response.status, kept, content
        finally:
            connection.close()
