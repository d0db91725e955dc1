"""A write from its sending to certainty: a look before, where only a comparison shows it, the write, and the search for it."""

from .effects import EFFECTS
from .jsontext import parse
from .recovery import Search, Ticket, is_compared


class Settling:
    """`step`, `reply` and `failure` are what a host calls; `lost` is a failure whose error has a ticket."""

    def __init__(self, write, params, account, window_ms, may_resend, paths=()):
        self.write = write
        self.params = params
        self.account = account
        self.window_ms = window_ms
        self.may_resend = may_resend
        self.paths = paths
        self.search = None
        self.life = None

    def step(self, now):
        if self.life is None:
            self.life = self._life(now)
            return next(self.life)
        return self.life.send(now)

    def reply(self, data, warnings):
        self._report("reply", data, warnings)

    def failure(self, words):
        self._report("failure", words)

    def lost(self, ticket):
        self._report("lost", ticket)

    def _report(self, *report):
        self.report = report
        if self.search:
            self.search.report = report

    def _life(self, now):
        before = None
        if is_compared(EFFECTS[self.write]):
            self.search = Search(Ticket(self.write, parse(self.params), (0, 0)), 0, self.paths)
            before = yield from self.search.before(now)
        while True:
            self.search = None
            now = yield {"call": {"endpoint": self.write, "params": self.params}}
            if self.report[0] != "lost":
                break
            ticket = Ticket.read(self.report[1], self.account)
            ticket.before = before
            self.search = Search(ticket, self.window_ms, self.paths)
            told = self.search.step(now)
            while "done" not in told:
                now = yield told
                told = self.search.step(now)
            if told["done"]["outcome"] != "not done" or not self.may_resend:
                while True:
                    yield told
            self.may_resend = False
        while True:
            yield {"last": True}
