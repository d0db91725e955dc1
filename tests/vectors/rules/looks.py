"""One look for a lost write: the calls that it takes, and in what state they show the objects."""

from . import times
from .contents import anywhere, member, same, says, texts, values, written_number
from .effects import ANYWHERE, ID, PAGES, Field
from .jsontext import Number, Object, compact, parse

PAGE_SIZE = 50
# How much earlier than the sending an order may seem to have been made, by clocks that differ.
CLOCKS_MS = 300_000
# So many orders in a row, each older than the one before, are no accident.
FALLS = 10
DEEPEST = 8

# By what they are worth.
STATES = ["unclear", "old", "never", "pending", "done"]


class Target:
    """One object that the write names, or what it would have made."""

    def __init__(self, value):
        self.value = value
        # In which states looks found it; None is a look that was shown everything, and not this.
        self.states = set()
        # What shows that the write was carried out, whichever look saw it; of a creation, what is there of it.
        self.found = None
        self.parts = []


class Seen:
    """What one look saw of an object."""

    def __init__(self):
        self.state = None
        self.objects = []

    def take(self, state, item):
        if self.state is None or STATES.index(state) > STATES.index(self.state):
            self.state, self.objects = state, [item]
        elif state == self.state:
            self.objects.append(item)


class RowSeen:
    """What became of a row in one look."""

    def __init__(self, row):
        self.row = row
        self.is_asked = False
        self.is_complete = False
        self.failure = None
        self.echoes = False
        self.kept = []


class Look:
    def __init__(self, effect, written, ticket, targets):
        self.effect = effect
        self.written = written
        self.ticket = ticket
        self.targets = [target for target in targets if target.found is None]
        self.seen = {target: Seen() for target in self.targets}
        self.rows = [RowSeen(row) for row in effect.shown_by]
        self.is_creation = effect.found_by[0] == "reference"

    def calls(self):
        """Yields each call, as row and parameters; takes what is reported of it."""
        for told in self.rows:
            if all(self._is_enough(target) for target in self.targets):
                return
            if told.row.ask:
                yield from self._asked(told)
            else:
                yield from self._walked(told)

    def kept(self):
        """What was seen of the rows that answered; the walk for one object ends where that is found."""
        is_one = len(self.targets) == 1
        answered = [row for row in self.rows if row.is_asked and row.failure is None and (row.is_complete or is_one)]
        return Object((told.row.name, told.kept) for told in answered)

    def _is_enough(self, target):
        """Whether the rows that follow are of no use."""
        seen = self.seen[target]
        if not self.is_creation:
            return seen.state is not None
        return seen.state == "done" and bool(self._asked_lines()) and self.lines(seen.objects) == ([], [])

    def _asked(self, told):
        for target in self.targets:
            if self.seen[target].state is not None:
                continue
            params = self._params(told.row, target)
            if params is None:
                return
            told.is_asked = True
            report = yield told.row.name, params
            if report[0] == "failure":
                told.failure = report[1]
                continue
            self._take(told, report, [target])
        told.is_complete = told.failure is None

    def _params(self, row, target):
        params = Object()
        for name, value in row.ask:
            if value is ID:
                value = target.value
            elif isinstance(value, Field):
                value = self.written.field(value)
                if value is None:
                    return None
            params.append((name, value))
        return compact(params)

    def _walked(self, told):
        row = told.row
        pages = Pages(row) if row.name in PAGES else None
        order = Order()
        is_over = False
        while not is_over:
            if not self.is_creation and all(self.seen[target].state is not None for target in self.targets):
                return
            told.is_asked = True
            report = yield row.name, pages.params() if pages else "{}"
            if report[0] == "failure":
                told.failure = report[1]
                return
            objects = self._take(told, report, self.targets)
            is_over = True
            if pages:
                trouble = pages.take(parse(report[1]), report[2])
                if trouble:
                    told.failure = trouble
                    return
                order.take([made_ms(item, row) for item in objects])
                is_over = pages.are_over or self.is_creation and order.is_before(self._oldest_ms())
        told.is_complete = told.failure is None

    def _oldest_ms(self):
        return self.ticket.first_ms - CLOCKS_MS

    def _take(self, told, report, targets):
        """The objects of a reply; those that are looked for are kept."""
        _, data, warnings = report
        row = told.row
        objects = self._objects(parse(data), row)
        for target in targets:
            for item in objects:
                if self._is_it(item, row, target):
                    self.seen[target].take(self._state(item, row, bool(warnings)), item)
                    told.kept.append(item)
        told.echoes |= any(texts(item, row.key) for item in objects)
        if warnings:
            told.failure = "cannot be read"
        return objects

    def _objects(self, tree, row):
        if row.at != ANYWHERE:
            return [item for path in row.at for item in values(tree, path)]
        return list(anywhere(tree, row.equal[0][0] if row.equal else row.key, DEEPEST))

    def _is_it(self, item, row, target):
        if self.effect.found_by[0] == "contents":
            return bool(row.equal) and same(item, row.equal, self.written) is True
        return not row.key or target.value in texts(item, row.key)

    def _state(self, item, row, is_damaged):
        made = made_ms(item, row)
        if self.is_creation and made is not None and made < self._oldest_ms():
            return "unclear"
        before = self.ticket.seen_before(item, row, self.written)
        done = [self._holds(sign, item, before) for sign in row.done]
        if True in done:
            return "done"
        if self._shows(row.pending, item):
            return "pending"
        if self._shows(row.never, item):
            return "never"
        # Some of the values are as the write wanted them, others are not yet.
        if "in part" in done:
            return "pending"
        is_old = not row.old or any(self._holds(sign, item, before) is True for sign in row.old)
        return "old" if False in done and is_old and not is_damaged else "unclear"

    @staticmethod
    def _shows(signs, item):
        return any(set(texts(item, field)) & set(wanted) for field, _, wanted in signs)

    def _holds(self, sign, item, before):
        """True, False, "in part", or None where it cannot be told."""
        field, test, wanted = sign
        found = texts(item, field)
        if test == "one of":
            fits = [text in wanted for text in found]
            return None if not fits else all(fits) or ("in part" if any(fits) else False)
        if test == "present":
            return bool(found)
        if test == "absent":
            return False
        if test == "same":
            below = values(item, field)
            return same(below[0], wanted, self.written) if below else None
        if before is None:
            return None
        if test == "changed":
            return bool(set(found) - {text for known in before for text in texts(known, field)})
        said = self.written.values(wanted)[:1]
        return bool(said) and says(item, said[0]) and not any(says(known, said[0]) for known in before)

    def _lines_table(self):
        return next((row.lines for row in self.effect.shown_by if row.lines), None)

    def _asked_lines(self):
        table = self._lines_table()
        return self.written.elements(table[0]) if table else []

    def lines(self, objects):
        """The lines of the write that none of these objects holds, and those of which that cannot be told."""
        asked = self._asked_lines()
        # The objects of a write of one line are that line's, whatever they show.
        if len(asked) < 2:
            return [], []
        _, at, pairs = self._lines_table()
        missing, unclear = [], []
        for line in asked:
            told = [self._holds_line(item, at, pairs, line) for item in objects]
            if True in told:
                continue
            named = ", ".join(f"{name} {texts(line, name)[0]}" for _, name in pairs if texts(line, name))
            (unclear if None in told else missing).append(named)
        return missing, unclear

    @staticmethod
    def _holds_line(item, at, pairs, line):
        """Whether one of the object's lines is this; None where they do not tell."""
        wanted = [(name, texts(line, of_write)[0]) for name, of_write in pairs if texts(line, of_write)]
        shown = values(item, at)
        if not shown or not wanted:
            return None
        is_unclear = False
        for other in shown:
            told = [None if not texts(other, name) else text in texts(other, name) for name, text in wanted]
            if all(told):
                return True
            is_unclear |= False not in told
        return None if is_unclear else False


class Pages:
    """The pages of a row, up to the empty one or as many as its totals say."""

    def __init__(self, row):
        self.number, self.most, self.last = 1, 0, None
        self.names = PAGES[row.name]
        self.are_over = False

    def params(self):
        return compact(Object([(self.names[0], Number(str(self.number))), (self.names[1], Number(str(PAGE_SIZE)))]))

    def take(self, tree, warnings):
        """What is wrong with the page, if anything is."""
        _, _, items, total = self.names
        listed = member(tree, items)
        page = listed if isinstance(listed, list) and not isinstance(listed, Object) else []
        if not page and any(warning["path"].startswith("data") for warning in warnings):
            return "expected"
        text = written_number(member(tree, total)) if total else None
        count = int(text) if text and text.isdigit() and int(text) else None
        repeats = page and compact(page) == self.last
        if not page or repeats:
            if count and self.number <= -(-count // PAGE_SIZE):
                return "but there are"
            self.are_over = True
            return None
        self.most = max(self.most, len(page))
        self.are_over = count is not None and self.number >= -(-count // self.most)
        self.number += 1
        self.last = compact(page)
        return None


class Order:
    """In what order the objects of a walk were made."""

    def __init__(self):
        self.last, self.falls, self.is_broken = None, 0, False

    def take(self, moments):
        for moment in moments:
            if moment is None:
                self.is_broken = True
                continue
            if self.last is not None:
                self.falls += moment < self.last
                self.is_broken |= moment > self.last
            self.last = moment

    def is_before(self, oldest):
        """Whether all that follows was made before: the youngest come first, and these are older."""
        return not self.is_broken and self.falls >= FALLS and self.last < oldest


def made_ms(item, row):
    """When an object was made, in milliseconds since 1970."""
    found = texts(item, row.created) if row.created else []
    moment = times.parse(found[0]) if found else None
    return int(times.wire_millis(moment)) if moment else None
