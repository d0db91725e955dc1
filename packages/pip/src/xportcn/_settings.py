"""The settings of both clients."""

import json
import math
import os
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple, cast

import msgspec

from xportcn._core import Core, CoreError
from xportcn._errors import config, from_core
from xportcn._hidden import Hidden
from xportcn._options import KEYS, SECONDS, VARIABLES, Options

# Those of a call are added to those of its client.
_ADDED = frozenset(("headers", "query"))


class Shown(NamedTuple):
    """What may be shown of a client's settings."""

    user_id: str
    base_url: Optional[str]

    def for_user(self, user_id: str) -> "Shown":
        """The same for another sub-account."""
        return self._replace(user_id=user_id)

    def __str__(self) -> str:
        return f"{self.user_id!r}" + (f", base_url={self.base_url!r}" if self.base_url else "")


def make_core(options: Options, **settings: Any) -> Tuple[Core, Shown]:
    """The core with these settings, and what may be shown of them. What is absent is looked for in the environment."""
    if settings["base_url"] is None:
        settings["base_url"] = os.environ.get(VARIABLES["base_url"])
    for name in ("access_key", "user_id"):
        if settings[name] is None:
            settings[name] = _from_environment(name)
    if settings["access_secret"] is None:
        settings["access_secret"] = Hidden(_from_environment("access_secret"))
    if settings["limit"] is not None:
        settings["limit"] = _limit(settings["limit"])
    if settings["paths"] is None:
        settings["paths"] = _paths_of_environment()
    if settings["paths"] is not None:
        settings["paths"] = _paths(settings["paths"])
    try:
        core = Core(_json({**msgspec.structs.asdict(options), **settings}))
    except CoreError as error:
        raise from_core(error) from None
    return core, Shown(settings["user_id"], settings["base_url"])


def over(given: Options, others: Options) -> Options:
    """What is given, and of the others what is not."""
    changes = {name: value for name, value in msgspec.structs.asdict(given).items() if value is not None}
    for name in _ADDED.intersection(changes):
        changes[name] = {**(getattr(others, name) or {}), **_texts(name, changes[name])}
    return msgspec.structs.replace(others, **changes)


def checked_json(options: Options, core: Core) -> str:
    """As the core reads them, if there is nothing wrong with them."""
    written = _json(msgspec.structs.asdict(options))
    try:
        core.check_options(written)
    except CoreError as error:
        raise from_core(error) from None
    return written


def _from_environment(name: str) -> str:
    found = os.environ.get(VARIABLES[name])
    if found is None:
        raise config(name, f"is missing: give it, or set {VARIABLES[name]} in the environment")
    return found


def _limit(limit: Any) -> Dict[str, Any]:
    if not isinstance(limit, (tuple, list)) or len(cast(Sequence[Any], limit)) != 2:
        raise config("limit", "must be two numbers: calls per second, and how many may follow each other at once")
    per_second, burst = cast(Sequence[Any], limit)
    return {KEYS["per_second"]: per_second, KEYS["burst"]: burst}


def _paths_of_environment() -> Any:
    file = os.environ.get(VARIABLES["paths"])
    if not file:
        return None
    try:
        # By bytes: some programs write a byte order mark, and UTF-16.
        with open(file, "rb") as text:
            paths: Any = json.load(text)
    except (OSError, ValueError) as error:
        raise config("paths", f"cannot be read from {file}, which {VARIABLES['paths']} names: {error}") from None
    return paths


def _paths(paths: Any) -> Dict[str, Any]:
    if not isinstance(paths, Mapping):
        raise config("paths", "must be paths by the ids of endpoints")
    return dict(cast(Mapping[str, Any], paths))


def _texts(name: str, texts: Any) -> Dict[str, str]:
    """Texts by their names."""
    found: Dict[Any, Any] = dict(cast(Mapping[str, Any], texts)) if isinstance(texts, Mapping) else {"": None}
    if not all(isinstance(part, str) for pair in found.items() for part in pair):
        raise config(name, "must be texts by their names")
    return found


def _milliseconds(name: str, seconds: Any) -> int:
    """Whole milliseconds, as the core counts."""
    if isinstance(seconds, (int, float)) and not isinstance(seconds, bool) and math.isfinite(seconds) and seconds >= 0:
        return round(seconds * 1000)
    raise config(name, "must be a number of seconds that is not negative")


def _json(settings: Mapping[str, Any]) -> str:
    """The settings that are given, as the core reads them."""
    written: List[Tuple[str, Any]] = []
    for name, value in settings.items():
        if value is not None:
            if name in SECONDS:
                value = _milliseconds(name, value)
            elif name in _ADDED:
                value = _texts(name, value)
            written.append((name, value))
            if not _has_json(value):
                raise config(name, "is of a type that it cannot have")
    return "{" + ", ".join(f"{json.dumps(KEYS[name])}: {_dumped(value)}" for name, value in written) + "}"


def _has_json(value: Any) -> bool:
    try:
        _dumped(value)
    except (TypeError, ValueError):
        return False
    return True


def _dumped(value: Any) -> str:
    return json.dumps(value.shown() if isinstance(value, Hidden) else value, allow_nan=False)
