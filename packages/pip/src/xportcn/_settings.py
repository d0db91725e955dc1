"""The settings of both clients."""

import dataclasses
from typing import Any, Dict, Mapping, Optional, Tuple

from xportcn._caller import milliseconds, settings_json
from xportcn._core import Core, CoreError
from xportcn._errors import from_core


@dataclasses.dataclass(frozen=True)
class Options:
    """When and how often a call is tried again; what is absent is as the client has it."""

    retries: Optional[int] = None
    timeout: Optional[float] = None
    deadline: Optional[float] = None
    backoff: Optional[float] = None
    backoff_cap: Optional[float] = None
    retry_writes: Optional[bool] = None

    def facts(self) -> Dict[str, Any]:
        """By the core's names."""
        return {
            "retries": self.retries,
            "timeoutMs": milliseconds(self.timeout),
            "deadlineMs": milliseconds(self.deadline),
            "baseMs": milliseconds(self.backoff),
            "capMs": milliseconds(self.backoff_cap),
            "retryWrites": self.retry_writes,
        }

    def json(self) -> str:
        """As the core reads them."""
        return settings_json(self.facts())


def make_core(
    access_key: str,
    access_secret: str,
    user_id: str,
    options: Options,
    *,
    base_url: Optional[str],
    signature: Optional[str],
    timestamp_unit: Optional[str],
    limit: Optional[Tuple[int, int]],
    paths: Optional[Mapping[str, str]],
    max_reply_bytes: Optional[int],
    strict: Optional[bool],
) -> Core:
    """The core with these settings."""
    settings = {
        "accessKey": access_key,
        "accessSecret": access_secret,
        "userId": user_id,
        "baseUrl": base_url,
        "signature": signature,
        "timestampUnit": timestamp_unit,
        "limit": None if limit is None else {"perSecond": limit[0], "burst": limit[1]},
        "paths": None if paths is None else dict(paths),
        "maxReplyBytes": max_reply_bytes,
        "strict": strict,
        **options.facts(),
    }
    try:
        return Core(settings_json(settings))
    except CoreError as error:
        raise from_core(error) from None
