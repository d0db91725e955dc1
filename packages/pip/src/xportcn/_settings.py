"""The settings of both clients."""

import json
import math
import os
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, cast

import msgspec

from xportcn._core import Core, CoreError
from xportcn._errors import config, from_core

_SECONDS = ("timeout", "deadline", "backoff", "backoff_cap")


class Options(msgspec.Struct, frozen=True):
    """When and how often a call is tried again; what is absent is as the client has it."""

    retries: Optional[int] = None
    timeout: Optional[float] = None
    deadline: Optional[float] = None
    backoff: Optional[float] = None
    backoff_cap: Optional[float] = None
    retry_writes: Optional[bool] = None

    def facts(self) -> Dict[str, Any]:
        """By the core's names."""
        timeout, deadline, backoff, backoff_cap = (_milliseconds(name, getattr(self, name)) for name in _SECONDS)
        return {
            "retries": self.retries,
            "timeoutMs": timeout,
            "deadlineMs": deadline,
            "baseMs": backoff,
            "capMs": backoff_cap,
            "retryWrites": self.retry_writes,
        }

    def over(self, others: "Options") -> "Options":
        """These where they are given, and the others."""
        given = {name: value for name, value in msgspec.structs.asdict(self).items() if value is not None}
        return msgspec.structs.replace(others, **given)

    def checked_json(self, core: Core) -> str:
        """As the core reads them, if there is nothing wrong with them."""
        options = _settings_json(self.facts())
        try:
            core.check_options(options)
        except CoreError as error:
            raise from_core(error) from None
        return options


def make_core(
    access_key: Optional[str],
    access_secret: Optional[str],
    user_id: Optional[str],
    options: Options,
    *,
    base_url: Optional[str],
    signature: Optional[str],
    timestamp_unit: Optional[str],
    limit: Optional[Tuple[int, int]],
    paths: Optional[Mapping[str, str]],
    max_reply_bytes: Optional[int],
    strict: Optional[bool],
) -> Tuple[Core, str]:
    """The core with these settings, and what may be shown of them. What is absent is looked for in the environment."""
    base_url = base_url if base_url is not None else os.environ.get("XPORTCN_BASE_URL") or None
    settings = {
        "accessKey": _given("access_key", access_key),
        "accessSecret": _given("access_secret", access_secret),
        "userId": _given("user_id", user_id),
        "baseUrl": base_url,
        "signature": signature,
        "timestampUnit": timestamp_unit,
        "limit": None if limit is None else _limit(limit),
        "paths": None if paths is None else _paths(paths),
        "maxReplyBytes": max_reply_bytes,
        "strict": strict,
        **options.facts(),
    }
    try:
        core = Core(_settings_json(settings))
    except CoreError as error:
        raise from_core(error) from None
    return core, f"{settings['userId']!r}" + (f", base_url={base_url!r}" if base_url else "")


def _given(name: str, value: Optional[str]) -> str:
    if value is not None:
        return value
    variable = f"XPORTCN_{name.upper()}"
    found = os.environ.get(variable)
    if found is None:
        raise config(name, f"is missing: give it, or set {variable} in the environment")
    return found


def _limit(limit: Any) -> Dict[str, Any]:
    if not isinstance(limit, (tuple, list)) or len(cast(Sequence[Any], limit)) != 2:
        raise config("limit", "must be two numbers: calls per second, and how many may follow each other at once")
    per_second, burst = cast(Sequence[Any], limit)
    return {"perSecond": per_second, "burst": burst}


def _paths(paths: Any) -> Dict[str, Any]:
    if not isinstance(paths, Mapping):
        raise config("paths", "must be paths by the ids of endpoints")
    return dict(cast(Mapping[str, Any], paths))


def _milliseconds(name: str, seconds: Any) -> Optional[int]:
    """Whole milliseconds, as the core counts."""
    if seconds is None:
        return None
    if isinstance(seconds, (int, float)) and not isinstance(seconds, bool) and math.isfinite(seconds) and seconds >= 0:
        return round(seconds * 1000)
    raise config(name, "must be a number of seconds that is not negative")


def _settings_json(settings: Mapping[str, Any]) -> str:
    """The settings that are given, as JSON."""
    written: List[str] = []
    for name, value in settings.items():
        if value is not None:
            try:
                written.append(f"{json.dumps(name)}: {json.dumps(value, allow_nan=False)}")
            except (TypeError, ValueError):
                raise config(name, "is of a type that it cannot have") from None
    return "{" + ", ".join(written) + "}"
