"""A search for a write whose answer is lost: which calls are made and when, and what became of the write.

It only reads. It looks again with growing pauses until the window is over, and says "not done" only where that is proof.
Of a reason there are the words that its sentence must hold.
"""

from .contents import Written, same, texts, written_number
from .effects import EFFECTS, PROVEN
from .jsontext import NotJson, Object, parse
from .lives import Life
from .looks import Look, Target

FIRST_PAUSE_MS = 1_000
LONGEST_PAUSE_MS = 30_000
LAST_MOMENT = 2**64 - 1
VERSION = "1"

READS = {row.name for effect in EFFECTS.values() for row in effect.shown_by}
# Lists that the wire has as JSON text in a string.
EMBEDDED = {"taobao.order.purchase_create": ["orderLineList"]}

UNLOOKED, LOOK_FAILED = "nobody looked before the call", "the look before the call failed"
COMPARED = ("absent", "changed", "says")


class Refused(Exception):
    """The ticket is none, or none for this client. Its argument is the path that the error names."""


class Ticket:
    """What is kept of a write."""

    def __init__(self, write, params, moments, before=None):
        self.write = write
        self.params = params
        self.first_ms, self.last_ms = moments
        self.before = before

    @classmethod
    def read(cls, text, account):
        try:
            tree = parse(text)
        except NotJson as error:
            raise Refused("ticket") from error
        members = dict(reversed(tree)) if isinstance(tree, Object) else {}
        moments = [written_number(members.get(name)) for name in ("sentAt", "lastSentAt")]
        write, params = members.get("endpoint"), members.get("params")
        if written_number(members.get("version")) != VERSION or not isinstance(write, str):
            raise Refused("ticket")
        if write not in EFFECTS:
            raise Refused("ticket" if write in READS else "")
        if not isinstance(params, Object):
            raise Refused("ticket")
        if not all(moment and moment.isdigit() and int(moment) <= LAST_MOMENT for moment in moments):
            raise Refused("ticket")
        if (members.get("userId"), members.get("baseUrl")) != (account["user_id"], account["base_url"]):
            raise Refused("ticket")
        return cls(write, params, map(int, moments), members.get("before"))

    def seen_before(self, item, row, written):
        """The same object before the write, as often as it was there; None if nobody saw it."""
        kept = dict(self.before or ()).get(row.name)
        if kept is None:
            return None
        if row.key:
            known = [known for known in kept if texts(known, row.key) == texts(item, row.key)]
        else:
            known = [known for known in kept if not row.equal or same(known, row.equal, written)]
        # What must have been there, and did not show, cannot be compared.
        return None if row.lasting and not known else known

    def was_there(self, row, value):
        return any(value in texts(known, row.key) for known in dict(self.before or ()).get(row.name, []))


class Search(Life):
    """`step`, `reply` and `failure` are what a host calls."""

    def __init__(self, ticket, window_ms, paths=()):
        self.ticket = ticket
        self.written = Written(self.ticket.params, EMBEDDED.get(self.ticket.write, ()))
        self.effect = EFFECTS[self.ticket.write]
        better = self.effect.better
        if better and self.written.field(better.found_by[1]) is not None:
            self.effect = better
        self.end_ms = self.ticket.last_ms + window_ms
        self.sure = PROVEN | set(paths)

    def reply(self, data, warnings):
        self.report = ("reply", data, warnings)

    def failure(self, words):
        self.report = ("failure", words)

    def _life(self, now):
        targets = self._targets()
        outcome = self._hopeless(targets)
        pause = FIRST_PAUSE_MS
        while outcome is None:
            is_last = now >= self.end_ms
            look = Look(self.effect, self.written, self.ticket, targets)
            now = yield from self._asking(look, now)
            outcome = self._after(look, targets, is_last)
            if outcome is None:
                until = max(now + 1, min(now + pause, self.end_ms))
                pause = min(2 * pause, LONGEST_PAUSE_MS)
                while now < until:
                    now = yield {"wait": until - now}
        while True:
            yield {"done": outcome}

    def before(self, now):
        """One look, before the write is sent; yields as `step` tells, and gives what was seen."""
        look = Look(self.effect, self.written, self.ticket, self._targets())
        yield from self._asking(look, now)
        return look.kept()

    def _asking(self, look, now):
        """The calls of a look; gives the time at its end."""
        asking = look.calls()
        call = next(asking, None)
        while call:
            now = yield {"call": {"endpoint": call[0], "params": call[1]}}
            try:
                call = asking.send(self.report)
            except StopIteration:
                call = None
        return now

    def _targets(self):
        kind, fields = self.effect.found_by
        if kind == "id":
            return [Target(value) for value in dict.fromkeys(v for name in fields for v in self.written.values(name))]
        if kind == "reference":
            return [Target(value) for value in self.written.values(fields)[:1]]
        return [Target(None)]

    def _hopeless(self, targets):
        """The end where it is no use to look."""
        kind, fields = self.effect.found_by
        signs = [sign for row in self.effect.shown_by for sign in row.done]
        if not signs:
            return unknown(self.effect.why)
        if not targets:
            return unknown("carried no", f"`{fields if kind == 'reference' else fields[0]}`")
        kept = dict(self.ticket.before or ())
        if is_compared(self.effect) and not any(row.name in kept for row in self.effect.shown_by):
            return unknown(UNLOOKED if self.ticket.before is None else LOOK_FAILED)
        return None

    def _after(self, look, targets, is_last):
        """The outcome after a look, where there is one."""
        for target in look.targets:
            self._remember(look, target)
        if all(target.found is not None for target in targets):
            return {"outcome": "done", "found": shown(targets)}
        if not is_last:
            return None
        if self.effect.found_by[0] == "reference":
            return self._creation(look, *targets)
        rest = [target for target in targets if target.found is None]
        ends = [self._end(look, target) for target in rest]
        reason = next((end["reason"] for end in ends if "reason" in end), None)
        if len(rest) < len(targets):
            missing = [target.value for target in rest]
            words = reason or ["the others were not carried out"]
            return {"outcome": "partly", "found": shown(targets), "missing": missing, "reason": words}
        return unknown(*reason) if reason else {"outcome": "not done"}

    def _remember(self, look, target):
        """What was done once is done. Several orders of one call may show in different looks."""
        seen = look.seen[target]
        all_shown = all(row.is_complete for row in look.rows)
        if seen.state or all_shown:
            target.states.add(seen.state)
        if look.is_creation:
            known = {self._identity(item) for item in target.parts}
            for item in seen.objects if seen.state == "done" else []:
                if self._identity(item) not in known:
                    known.add(self._identity(item))
                    target.parts.append(item)
            if target.parts and look.lines(target.parts) == ([], []):
                target.found = target.parts
        elif seen.state == "done":
            target.found = seen.objects
        elif seen.state is None and all_shown and self.effect.absent == "done" and self._is_gone(target):
            target.found = []

    def _identity(self, item):
        """The id of an order: two rows may show the same."""
        fields = dict.fromkeys(field for row in self.effect.shown_by for field, _, _ in row.done)
        return tuple(text for field in fields for text in texts(item, field))

    def _is_gone(self, target):
        return not self._guess() and any(self.ticket.was_there(row, target.value) for row in self.effect.shown_by)

    def _guess(self):
        return next((row.name for row in self.effect.shown_by if row.name not in self.sure), None)

    def _creation(self, look, target):
        if target.parts:
            missing, _ = look.lines(target.parts)
            if not missing:
                return unknown("do not tell")
            reason = ["no order shows these lines", *(self._doubt(look) or ())]
            return {"outcome": "partly", "found": target.parts, "missing": missing, "reason": reason}
        end = self._end(look, target)
        return unknown(*end["reason"]) if "reason" in end else {"outcome": "not done"}

    def _end(self, look, target):
        """What is known of an object that is not done: a reason, or none where it is certainly not."""
        state = look.seen[target].state
        if state == "old":
            is_proof = self.effect.unchanged == "not done" and target.states == {"old"}
            return {} if is_proof else {"reason": ["in its old state"]}
        if state == "pending":
            return {"reason": ["under way"]}
        if state == "never":
            return {"reason": ["can no longer be carried out"]}
        return {"reason": self._unclear(look)} if state else self._absent(look, target)

    def _unclear(self, look):
        if any(row.failure for row in look.rows):
            return ["cannot be read"]
        return ["made before the call"] if look.is_creation else ["does not tell its state"]

    def _absent(self, look, target):
        doubt = self._doubt(look)
        if doubt:
            return {"reason": doubt}
        if self.effect.absent == "done":
            return {"reason": ["nobody saw it there before the call"]}
        if look.is_creation and target.states == {None}:
            return {}
        return {"reason": ["does not show", self.effect.why]}

    def _doubt(self, look):
        """Why something may be there that the last look did not see; None where it did see all."""
        failure = next((row.failure for row in look.rows if row.failure), None)
        if failure:
            return ["a look failed", failure]
        if not look.is_creation and self.effect.absent != "done":
            return None
        if self._guess():
            return [f"`{self._guess()}`", "may be wrong"]
        is_shown = not look.is_creation or all(row.echoes for row in look.rows)
        return None if is_shown else ["may not come back"]


def is_compared(effect):
    """Whether only a comparison with what was there before shows the write."""
    return any(test in COMPARED for row in effect.shown_by for _, test, _ in row.done)


def shown(targets):
    return [item for target in targets for item in target.found or []]


def unknown(*words):
    return {"outcome": "unknown", "reason": list(words)}
