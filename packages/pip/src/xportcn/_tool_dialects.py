"""The tools as the APIs of models want them, and their answers. No SDK is imported: what is read may be its object, or JSON."""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, cast


class Call(NamedTuple):
    """A call that a model wants to be made."""

    id: str
    name: str
    arguments: Any


class Dialect(NamedTuple):
    """An API of models."""

    tool: Callable[[str, str, Dict[str, Any]], Dict[str, Any]]
    """A tool of a request: of a name, a description, and a schema."""
    calls: Callable[[Any], List[Call]]
    """What is called in what the model said."""
    told: Callable[[str, str, bool], Dict[str, Any]]
    """What a tool answered: of a call's id, a text, and whether it is an error."""


def _chat_tool(name: str, description: str, schema: Dict[str, Any]) -> Dict[str, Any]:
    return {"type": "function", "function": {"name": name, "description": description, "parameters": schema}}


def _chat_calls(message: Any) -> List[Call]:
    calls: List[Any] = _member(message, "tool_calls") or []
    functions = [(call, _member(call, "function")) for call in calls]
    return [
        Call(_member(call, "id"), _member(function, "name"), _parsed(_member(function, "arguments")))
        for call, function in functions
        if function is not None
    ]


def _chat_told(id: str, text: str, is_error: bool) -> Dict[str, Any]:
    return {"role": "tool", "tool_call_id": id, "content": text}


def _responses_tool(name: str, description: str, schema: Dict[str, Any]) -> Dict[str, Any]:
    # A strict tool must require all its members.
    return {"type": "function", "name": name, "description": description, "parameters": schema, "strict": False}


def _responses_calls(response: Any) -> List[Call]:
    return [
        Call(_member(item, "call_id"), _member(item, "name"), _parsed(_member(item, "arguments")))
        for item in _member(response, "output")
        if _member(item, "type") == "function_call"
    ]


def _responses_told(id: str, text: str, is_error: bool) -> Dict[str, Any]:
    return {"type": "function_call_output", "call_id": id, "output": text}


def _anthropic_tool(name: str, description: str, schema: Dict[str, Any]) -> Dict[str, Any]:
    return {"name": name, "description": description, "input_schema": schema}


def _anthropic_calls(message: Any) -> List[Call]:
    return [
        Call(_member(block, "id"), _member(block, "name"), _member(block, "input"))
        for block in _member(message, "content")
        if _member(block, "type") == "tool_use"
    ]


def _anthropic_told(id: str, text: str, is_error: bool) -> Dict[str, Any]:
    return {"type": "tool_result", "tool_use_id": id, "content": text, "is_error": is_error}


CHAT = Dialect(_chat_tool, _chat_calls, _chat_told)
RESPONSES = Dialect(_responses_tool, _responses_calls, _responses_told)
ANTHROPIC = Dialect(_anthropic_tool, _anthropic_calls, _anthropic_told)


def as_object(value: Any) -> Optional[Mapping[str, Any]]:
    """It, where it is an object of JSON."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else None


def _member(value: Any, name: str) -> Any:
    members = as_object(value)
    return getattr(value, name, None) if members is None else members.get(name)


def _parsed(text: Any) -> Any:
    """What a model wrote as JSON. What is none, no tool takes."""
    try:
        return json.loads(text or "{}")
    except ValueError:
        return text
