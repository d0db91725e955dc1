"""The platform on this machine, as a program of its own."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request

ACCOUNT = {"accessKey": "sandbox-key", "accessSecret": "sandbox-secret", "userId": "sandbox-user"}


# Seconds that a program may be away for.
REPLACED = 30


class Sandbox:
    def __init__(self, program, options, port=0):
        self.program, self.options, self.port = program, options, port

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop(signal.SIGTERM)

    def start(self):
        """Starts it: the second time on the same port."""
        command = [str(self.program), "sandbox", "--port", str(self.port), *self.options]
        until = time.monotonic() + REPLACED
        # Cargo takes a program away before it puts the next in its place, and other parts of the suite may be building.
        while not os.path.exists(self.program) and time.monotonic() < until:
            time.sleep(0.05)
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        line = self.process.stdout.readline().decode()
        if not line.startswith("listening on "):
            raise RuntimeError(f"the sandbox does not start: {command} says {line!r}")
        self.url = line.split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])

    def stop(self, by):
        self.process.send_signal(by)
        self.process.wait(timeout=20)
        self.process.stdout.close()

    def settings(self, **more):
        """A client's settings for this sandbox."""
        return {**ACCOUNT, "baseUrl": self.url, **more}

    def told(self, path):
        """What the sandbox says of itself: `ledger`, `faults` or `clock`. A sandbox that refuses now and then is asked
        again."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        patience = time.monotonic() + 10
        while True:
            try:
                with opener.open(f"{self.url}/sandbox/{path}", timeout=20) as answer:
                    return json.load(answer)
            except OSError:
                if time.monotonic() > patience:
                    raise
                time.sleep(0.05)


def closed_port():
    """A port on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
