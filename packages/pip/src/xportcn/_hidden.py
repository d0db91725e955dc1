"""A secret on its way to the core. Tools that show the variables of a traceback show it as asterisks."""

from typing import Any


class Hidden:
    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def shown(self) -> Any:
        """The secret: not to be kept in a variable."""
        return self._value

    def __repr__(self) -> str:
        return "***"
