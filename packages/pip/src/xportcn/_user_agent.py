"""What requests say of the program that makes them."""

import platform
import sys
from typing import Any, Optional

from xportcn._core import __version__

_OURS = f"xportcn-python/{__version__} python/{platform.python_version()}"


def own_user_agent(given: Any, http_client: Any, transport: Any) -> Any:
    """The name that is given, and this package's with what it runs on; absent where an httpx client has a name of its own."""
    if given is None and http_client is not None:
        named = str(getattr(http_client, "headers", {}).get("user-agent", ""))
        if not named.startswith(("python-httpx/", "python-httpx2/")):
            return None
    if given is not None and not isinstance(given, str):
        return given
    carrier = _carrier(http_client) if transport is None else None
    return " ".join(word for word in (given, _OURS, carrier) if word)


def _carrier(http_client: Any) -> Optional[str]:
    module: Any = sys.modules.get("httpx2")
    if module is None or not isinstance(http_client, (module.Client, module.AsyncClient)):
        import httpx as module
    return f"{module.__name__}/{module.__version__}"
