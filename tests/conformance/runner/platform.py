"""A platform that answers as it is told, and keeps what it was asked."""

import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Platform:
    """Answers each request with what `reply` makes of its parameters, from its body or its query string."""

    def __init__(self, reply, headers=()):
        self.reply = reply
        #: What each reply has besides.
        self.headers = headers
        #: What was asked, in order, and under which headers.
        self.asked, self.received = [], []

    def __enter__(self):
        platform = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                pairs = urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query)
                self.answer({name: int(value) if value.isdigit() else value for name, value in pairs})

            def do_POST(self):
                self.answer(json.loads(self.rfile.read(int(self.headers.get("content-length", 0)))))

            def answer(self, asked):
                platform.asked.append(asked)
                platform.received.append(self.headers)
                content = json.dumps(platform.reply(asked)).encode()
                self.send_response_only(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                for name, value in platform.headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
