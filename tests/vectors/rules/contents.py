"""What stands in parameters and in objects, by the paths of the tables."""

from decimal import Decimal

from .jsontext import Number, Object, parse
from .values import DECIMAL


class Written:
    """The parameters of the write, as they were sent."""

    def __init__(self, params, embedded=()):
        self.members = dict(reversed(params))
        for name in embedded:
            if isinstance(self.members.get(name), str):
                self.members[name] = parse(self.members[name])

    def field(self, name):
        return self.members.get(name)

    def elements(self, name):
        value = self.field(name)
        return value if isinstance(value, list) and not isinstance(value, Object) else []

    def values(self, name):
        """The single values of a field, or of its list."""
        value = self.field(name)
        every = value if isinstance(value, list) and not isinstance(value, Object) else [value]
        return list(filter(None, map(scalar, every)))


def scalar(value):
    """Text as it stands, without spaces around it; a number or a truth value as it is written."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Number):
        return value.text
    return str(value).lower() if isinstance(value, bool) else None


def written_number(value):
    return value.text if isinstance(value, Number) else value if isinstance(value, str) else None


def member(tree, name):
    """The first member of this name."""
    return next((value for key, value in tree if key == name), None) if isinstance(tree, Object) else None


def values(tree, path):
    """What stands at a path; a list on the way stands for each of its elements. Null is nothing."""
    if isinstance(tree, list) and not isinstance(tree, Object):
        return [found for element in tree for found in values(element, path)]
    if not path:
        return [] if tree is None else [tree]
    step, _, rest = path.partition(".")
    name = step[:-2] if step.endswith("[]") else step
    return values(member(tree, name) if name else tree, rest)


def texts(tree, path):
    return list(filter(None, map(scalar, values(tree, path))))


def anywhere(tree, name, depth):
    """Objects, however deep, that have the field by which they are known."""
    if depth == 0:
        return
    if isinstance(tree, Object):
        if member(tree, name) is not None:
            yield tree
        else:
            for _, value in tree:
                yield from anywhere(value, name, depth - 1)
    elif isinstance(tree, list):
        for element in tree:
            yield from anywhere(element, name, depth - 1)


def same(item, pairs, written):
    """Whether fields are the write's, as far as the write has them; None where that cannot be told."""
    told = []
    for name, of_write in pairs:
        wanted = written.values(of_write)[:1]
        if wanted:
            found = texts(item, name)[:1]
            told.append(equal(found[0], wanted[0]) if found else None)
    if not told or None in told[: told.index(False) if False in told else None]:
        return None
    return all(told)


def equal(one, other):
    return one == other or bool(DECIMAL.fullmatch(one) and DECIMAL.fullmatch(other)) and Decimal(one) == Decimal(other)


def says(tree, words):
    """Whether one of the texts in it is this one."""
    if isinstance(tree, Object):
        return any(says(value, words) for _, value in tree)
    if isinstance(tree, list):
        return any(says(element, words) for element in tree)
    return scalar(tree) == words
