"""How pydantic checks, writes and describes our objects. It is loaded by pydantic alone."""

import json
from typing import Any, Dict, Type

import msgspec

from xportcn._model import Model

_REFERENCE = "#/"


def core_schema_of(kind: Type[Model]) -> Any:
    """One of ours, or an object with the names of canonical JSON; it is written so, too."""
    from pydantic_core import core_schema

    def checked(value: Any) -> Model:
        if isinstance(value, kind):
            return value
        try:
            return msgspec.convert(value, kind, strict=False)
        except msgspec.ValidationError as error:
            raise ValueError(str(error)) from None

    def written(value: Model) -> Any:
        return json.loads(value.to_json())

    def described(_: Any, __: Any) -> Any:
        (whole,), parts = msgspec.json.schema_components([kind], ref_template=_REFERENCE + "{name}")
        return _in_place(whole, parts)

    return core_schema.no_info_plain_validator_function(
        checked,
        serialization=core_schema.plain_serializer_function_ser_schema(written, when_used="json"),
        metadata={"pydantic_js_functions": [described]},
    )


def core_schema_of_code(kind: Any) -> Any:
    """A code, or its plain value, known or not; it is written as that."""
    from pydantic_core import core_schema

    def described(_: Any, __: Any) -> Any:
        (whole,), parts = msgspec.json.schema_components([kind], ref_template=_REFERENCE + "{name}")
        return _in_place(whole, parts)

    return core_schema.no_info_plain_validator_function(
        kind,
        serialization=core_schema.plain_serializer_function_ser_schema(lambda code: code.value, when_used="json"),
        metadata={"pydantic_js_functions": [described]},
    )


def _open(codes: Dict[str, Any]) -> Dict[str, Any]:
    """Codes with their known values, and room for others."""
    known = codes.pop("enum")
    plain = {"type": "integer" if all(isinstance(value, int) for value in known) else "string"}
    return {**codes, "anyOf": [{**plain, "enum": known}, plain]}


def _in_place(schema: Any, parts: Dict[str, Any]) -> Any:
    """A schema without references: where it will stand, others have the names."""
    if isinstance(schema, list):
        return [_in_place(element, parts) for element in schema]  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _in_place(parts[schema["$ref"][len(_REFERENCE) :]], parts)
    if "enum" in schema:
        return _open(schema)  # pyright: ignore[reportUnknownArgumentType]
    return {name: _in_place(value, parts) for name, value in schema.items()}  # pyright: ignore[reportUnknownVariableType]
