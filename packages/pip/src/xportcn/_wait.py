"""Waiting until an order or a refund comes into a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from xportcn._listen import Rules
from xportcn._recovery import Search, run, run_async

if TYPE_CHECKING:
    from xportcn._async_connection import Connection as AsyncConnection
    from xportcn._connection import Connection


class Waited(msgspec.Struct, frozen=True):
    """How a wait for a state ended."""

    outcome: str
    """``reached``; ``never`` where the state cannot come any more; or ``timed out``."""
    found: Any = None
    """The order or the refund as it was last seen, as JSON has it, ids and amounts as text; ``None`` if it was not seen."""
    reason: str = ""
    """Why it was not seen in the last look, if a call failed."""

    @property
    def is_reached(self) -> bool:
        """Whether the state is there."""
        return self.outcome == "reached"


def wait_until(connection: Connection, of: str, state: str, id: Any, rules: Rules) -> Waited:
    """Looks until the state is there, cannot come any more, or the time is over."""
    search = _search(connection, of, state, id, rules)
    run(connection, search, rules)
    return search.ended(Waited)


async def wait_until_async(connection: AsyncConnection, of: str, state: str, id: Any, rules: Rules) -> Waited:
    """As `wait_until`."""
    search = _search(connection, of, state, id, rules)
    await run_async(connection, search, rules)
    return search.ended(Waited)


def _search(connection: Any, of: str, state: str, id: Any, rules: Rules) -> Search:
    connection.check_open(None)
    return Search.of_state(connection.core, of, state, msgspec.json.encode(id).decode(), rules)
