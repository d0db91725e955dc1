"""A host's program: one line in, one line out, and never waited for without end."""

import contextlib
import json
import queue
import subprocess
import threading

#: Seconds for an answer, unless a case needs more.
PATIENCE = 60
#: Times that a program is started again.
LIVES = 5


class Host:
    """Starts a program when it is first asked, and again if it ends or does not answer."""

    def __init__(self, command, log):
        self.command, self.log = command, log
        self.process, self.lives = None, LIVES
        log.write_bytes(b"")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def ask(self, case, patience=PATIENCE):
        """The answer to a case; `{"lost": why}` if there is none."""
        self.tell(case)
        return self.answer(patience)

    def tell(self, case):
        """Gives a case without waiting for its answer."""
        if self.process is None:
            self.start()
        try:
            # ASCII only: no host's standard encoding can misread it.
            self.process.stdin.write(json.dumps(case).encode() + b"\n")
            self.process.stdin.flush()
        except (AttributeError, OSError):
            # It has ended, which the answer will tell.
            pass

    def answer(self, patience=PATIENCE):
        if self.process is None:
            return {"lost": "the program ended too often"}
        try:
            line = self.lines.get(timeout=patience)
        except queue.Empty:
            self.end()
            return {"lost": f"no answer within {patience} s"}
        if line is None:
            self.end()
            return {"lost": f"the program ended; its last words: {self.last_words()}"}
        try:
            answer = json.loads(line)
        except ValueError:
            return {"lost": f"the answer is no JSON: {line[:200]!r}"}
        return answer if isinstance(answer, dict) else {"lost": f"the answer is no object: {line[:200]!r}"}

    def rows(self):
        """The endpoints with their examples; of the model only."""
        return json.loads(subprocess.run([*self.command, "--rows"], stdout=subprocess.PIPE, check=True).stdout)

    def start(self):
        if self.lives == 0:
            return
        self.lives -= 1
        self.lines = queue.Queue()
        pipe = subprocess.PIPE
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdin=pipe, stdout=pipe, stderr=log)
        threading.Thread(target=read, args=(self.process.stdout, self.lines), daemon=True).start()

    def end(self):
        process, self.process = self.process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def last_words(self):
        return self.log.read_bytes()[-500:].decode("utf-8", "replace").strip()


def read(stdout, lines):
    for line in stdout:
        lines.put(line)
    lines.put(None)
