"""What all objects of requests and replies have in common."""

from typing import Any, Dict, Iterable, Iterator, Literal, Tuple, Type, TypeVar, Union

import msgspec

M = TypeVar("M", bound="Model")

# Elements of a list that a notebook shows.
_SHOWN = 20


# What is read from JSON holds nothing that holds itself: the collector of garbage need not look for it.
class Model(msgspec.Struct, frozen=True, repr_omit_defaults=True, gc=False):
    """An object of a request or a reply. It cannot be changed; absent fields are ``None``."""

    def to_dict(self, *, mode: Literal["python", "json"] = "python") -> Dict[str, Any]:
        """The fields that are there, by their Python names, with objects within as dictionaries.

        Args:
            mode: ``python`` leaves amounts, times and codes as they are; ``json`` makes them what JSON has, as text.
        """
        if mode not in ("python", "json"):
            raise ValueError(f"mode must be 'python' or 'json', not {mode!r}")
        return {name: _plain(value, mode) for name, value in _present(self)}

    def to_json(self) -> str:
        """Canonical JSON: names in camelCase, amounts as text, times with their offset."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls: Type[M], text: Union[str, bytes]) -> M:
        """Reads canonical JSON, as `to_json` writes it. Fields that are not known are passed over.

        Raises:
            ValueError: It is no JSON, or a value does not fit its field.
        """
        from xportcn._readers import reader

        try:
            read: M = reader(cls).decode(text)
        except msgspec.DecodeError as error:
            raise ValueError(f"{cls.__name__}: {error}") from None
        return read

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """For notebooks."""
        show(printer, type(self).__name__, _present(self))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """For models of pydantic and FastAPI that hold one of ours: it is taken as it is, or from canonical JSON."""
        from xportcn._pydantic import core_schema_of

        return core_schema_of(cls)


def show(printer: Any, name: str, fields: Iterable[Tuple[str, Any]]) -> None:
    """Prints one field to a line where they do not fit on one, and the beginning of long lists."""
    with printer.group(4, f"{name}(", ")"):
        for index, (field, value) in enumerate(fields):
            if index:
                printer.text(",")
            printer.breakable(" " if index else "")
            printer.text(f"{field}=")
            printer.pretty(_beginning(value))


def _beginning(value: Any) -> Any:
    if issubclass(type(value), list) and len(value) > _SHOWN:
        return [*value[:_SHOWN], _More(len(value) - _SHOWN)]
    return value


class _More:
    """Stands for the elements that are not shown."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __repr__(self) -> str:
        return f"... and {self._count} more"


def _present(model: Model) -> Iterator[Tuple[str, Any]]:
    return ((name, value) for name in model.__struct_fields__ if (value := getattr(model, name)) is not None)


def _plain(value: Any, mode: Literal["python", "json"]) -> Any:
    if isinstance(value, Model):
        return value.to_dict(mode=mode)
    if issubclass(type(value), (list, tuple)):
        return [_plain(element, mode) for element in value]
    return value if mode == "python" else msgspec.to_builtins(value)
