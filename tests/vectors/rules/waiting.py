"""A wait until an order or a refund comes into a state: which calls are made and when, and how it ends."""

from .contents import Written, says, scalar
from .effects import Effect
from .goals import GOALS
from .jsontext import NotJson, Object, parse
from .lives import Life
from .looks import Look, Target
from .recovery import FIRST_PAUSE_MS, LONGEST_PAUSE_MS

# So many looks one after the other of which nothing came, nor would, are enough.
MOST_HOPELESS = 3


class Refused(Exception):
    """There is nothing to wait for. Its argument is the path that the error names."""


class Unwritten:
    """There is no write, and no time before it."""

    first_ms = 0

    @staticmethod
    def seen_before(item, row, written):
        return None


class Waiting(Life):
    """`step`, `reply`, `failure` and `push` are what a host calls."""

    def __init__(self, of, state, identifier, timeout_ms):
        if of not in GOALS:
            raise Refused("of")
        field, states = GOALS[of]
        if state not in states:
            raise Refused("state")
        self.effect = Effect(("id", (field,)), states[state])
        self.target = identified(identifier, field)
        self.timeout_ms = timeout_ms
        self.is_looking = self.is_woken = False
        self.pause = FIRST_PAUSE_MS

    def reply(self, data, warnings):
        self.report, self.may_help = ("reply", data, warnings), True

    def failure(self, words, again):
        self.report = ("failure", words)
        self.may_help |= again

    def push(self, body):
        """A message on the object is a sign to look, and no proof. Whether it is on it."""
        is_on_it = says(parse(body), self.target)
        if is_on_it:
            self.pause = FIRST_PAUSE_MS
            self.is_woken = True
        return is_on_it

    def _life(self, now):
        end, hopeless, last = now + self.timeout_ms, 0, None
        while True:
            is_last = now >= end
            self.is_woken = self.may_help = False
            target = Target(self.target)
            look = Look(self.effect, Written(Object()), Unwritten, [target])
            asking = look.calls()
            call = next(asking, None)
            while call:
                now = yield {"call": {"endpoint": call[0], "params": call[1]}}
                try:
                    call = asking.send(self.report)
                except StopIteration:
                    call = None
            seen = look.seen[target]
            last = seen.objects[-1] if seen.objects else last
            hopeless = 0 if self.may_help else hopeless + 1
            ended = self._ended(look, seen, last, is_last, hopeless)
            if ended:
                break
            # What was seen may be older than a message that came meanwhile.
            until = now + 1 if self.is_woken else max(now + 1, min(now + self.pause, end))
            self.pause = self.pause if self.is_woken else min(2 * self.pause, LONGEST_PAUSE_MS)
            self.is_woken = False
            while now < until and not self.is_woken:
                now = yield {"wait": until - now}
        while True:
            yield ended

    @staticmethod
    def _ended(look, seen, last, is_last, hopeless):
        if seen.state in ("done", "never"):
            return {"done": {"outcome": "reached" if seen.state == "done" else "never", "found": last}}
        if hopeless >= MOST_HOPELESS:
            return {"last": True}
        if not is_last:
            return None
        failure = next((row.failure for row in look.rows if row.failure), None)
        found = {"found": last} if last is not None else {}
        reason = {"reason": [failure]} if failure and seen.state is None else {}
        return {"done": {"outcome": "timed out", **found, **reason}}


def identified(text, field):
    """The id: as it is, or in an object under its name."""
    try:
        tree = parse(text)
    except NotJson:
        raise Refused(field) from None
    if isinstance(tree, Object):
        other = next((name for name, _ in tree if name != field), None)
        if other is not None:
            raise Refused(other)
        tree = tree[0][1] if tree else None
    value = scalar(tree)
    if not value:
        raise Refused(field)
    return value
