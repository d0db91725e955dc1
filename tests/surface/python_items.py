"""Prints the public items of a Python package, one a line: `python_items.py FOLDER`. Runs where griffe is.

A name with `_` before it is private, and so is what another module exports. Classes that have no public name are shown
where a public one inherits from them or leads to them, as the groups of calls.
"""

import pathlib
import sys
from typing import Iterator, List, Optional, Tuple, Union

import griffe

# A longer value is data.
VALUE = 60


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    loader = griffe.GriffeLoader(search_paths=[folder.parent], allow_inspection=False)
    package = loader.load(folder.name)
    loader.resolve_aliases(external=False)
    print("\n".join(sorted(set(Surface(package).lines()))))


class Surface:
    def __init__(self, package: griffe.Module) -> None:
        self.package = package
        self.named = {member.canonical_path for _, member in self.members(package)}

    def lines(self) -> Iterator[str]:
        for shown, member in self.members(self.package):
            yield from self.of(member, shown)

    def members(self, module: griffe.Module) -> Iterator[Tuple[str, griffe.Object]]:
        """What has a public name, in a module and in those below it."""
        yield module.path, module
        for name, member in module.members.items():
            if not member.is_alias and member.is_module:
                if not name.startswith("_"):
                    yield from self.members(member)
            elif (
                name in module.exports if module.exports is not None else not (member.is_alias or name.startswith("_"))
            ):
                yield f"{module.path}.{name}", member.final_target if member.is_alias else member

    def of(self, member: Union[griffe.Object, griffe.Alias], shown: str) -> Iterator[str]:
        if member.is_module:
            yield f"module {shown}"
        elif member.is_class:
            yield f"class {shown}({', '.join(map(str, member.bases))})"
            yield from self.inside(member, shown)
        elif member.is_function:
            for one in member.overloads or [member]:
                yield function(one, shown)
        else:
            yield attribute(member, shown)
            led_to = self.unnamed(member.annotation)
            if led_to:
                yield from self.inside(led_to, shown)

    def inside(self, one: griffe.Class, shown: str) -> Iterator[str]:
        members = {}
        for each in [*reversed(one.mro()), one]:
            if each is one or each.canonical_path not in self.named:
                members.update(each.members)
        for name, member in members.items():
            if is_public(name, member) and (name != "__init__" or one.canonical_path in self.named):
                yield from self.of(member, f"{shown}.{name}")

    def unnamed(self, annotation: object) -> Optional[griffe.Class]:
        """The package's own class of which an attribute is, where it has no public name."""
        if not isinstance(annotation, griffe.Expr):
            return None
        path = annotation.canonical_path
        if not path.startswith(f"{self.package.path}.") or path in self.named:
            return None
        found = self.package[path.partition(".")[2]]
        return found if found.is_class else None


def is_public(name: str, member: Union[griffe.Object, griffe.Alias]) -> bool:
    # Python's own names are those of operations, as `with` and `for`.
    operation = name[:2] == name[-2:] == "__" and name != "__repr__" and member.is_function
    return operation or not name.startswith("_")


def function(one: griffe.Function, shown: str) -> str:
    word = "async def" if "async" in one.labels else "def"
    marks = sorted(one.labels & {"classmethod", "staticmethod"})
    return f"{''.join(f'@{mark} ' for mark in marks)}{word} {shown}({parameters(one)}) -> {one.returns}"


def parameters(one: griffe.Function) -> str:
    shown: List[str] = []
    kinds = griffe.ParameterKind
    before = None
    for parameter in one.parameters:
        if before is kinds.positional_only and parameter.kind is not kinds.positional_only:
            shown.append("/")
        if parameter.kind is kinds.keyword_only and before not in (kinds.keyword_only, kinds.var_positional):
            shown.append("*")
        before = parameter.kind
        mark = {kinds.var_positional: "*", kinds.var_keyword: "**"}.get(parameter.kind, "")
        kind = f": {parameter.annotation}" if parameter.annotation is not None else ""
        # griffe has defaults of its own for * and **.
        default = f" = {parameter.default}" if parameter.default is not None and not mark else ""
        shown.append(mark + parameter.name + kind + default)
    return ", ".join([*shown, *(["/"] if before is kinds.positional_only else [])])


def attribute(one: griffe.Attribute, shown: str) -> str:
    kind = f": {one.annotation}" if one.annotation is not None else ""
    # What __init__ computes is no promise.
    value = "" if one.value is None or one.labels == {"instance-attribute"} else str(one.value)
    return shown + kind + (f" = {value}" if value and len(value) <= VALUE and "\n" not in value else "")


if __name__ == "__main__":
    main()
