"""What all objects of requests and replies have in common."""

from typing import Any, Dict

import msgspec


class Model(msgspec.Struct, frozen=True):
    """An object of a request or a reply. It cannot be changed; absent fields are ``None``."""

    def to_dict(self) -> Dict[str, Any]:
        """The fields that are there, by their Python names, with objects within as dictionaries."""
        return {
            name: _plain(value) for name in self.__struct_fields__ if (value := getattr(self, name)) is not None
        }

    def to_json(self) -> str:
        """Canonical JSON: names in camelCase, amounts as text, times with their offset."""
        return msgspec.json.encode(self).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, list):
        return [_plain(element) for element in value]
    return value
