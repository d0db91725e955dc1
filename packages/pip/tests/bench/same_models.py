"""The package's types as pydantic models, field by field."""

from typing import Any, Dict, List, Optional, get_args, get_origin, get_type_hints

import msgspec
import pydantic


def of(struct: Any, known: Optional[Dict[Any, Any]] = None) -> Any:
    """The model with the fields of a type."""
    known = {} if known is None else known
    if struct not in known:
        hints = get_type_hints(struct)
        fields = {
            field.name: (_type(hints[field.name], known), pydantic.Field(default=None, alias=field.encode_name))
            for field in msgspec.structs.fields(struct)
        }
        known[struct] = pydantic.create_model(struct.__name__, **fields)
    return known[struct]


def _type(kind: Any, known: Dict[Any, Any]) -> Any:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return of(kind, known)
    if get_origin(kind) is list:
        return List[_type(get_args(kind)[0], known)]  # type: ignore[misc]
    if get_origin(kind) is not None:
        return Optional[_type(get_args(kind)[0], known)]
    return kind
