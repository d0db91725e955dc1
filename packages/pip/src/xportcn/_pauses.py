"""Pauses that a pushed message cuts short, and so does the end of the client."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Callable, Generator, List, Tuple

if TYPE_CHECKING:
    from xportcn._core import Recovery


class Pauses:
    """What is waiting behind one client. It may be woken from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: List[Tuple[Recovery, Callable[[], object]]] = []

    @contextmanager
    def of(self, recovery: Recovery, wake: Callable[[], object]) -> Generator[None, None, None]:
        """As long as this is open, `wake` is called where the wait is to step at once."""
        entry = (recovery, wake)
        with self._lock:
            self._waiting.append(entry)
        try:
            yield
        finally:
            with self._lock:
                self._waiting.remove(entry)

    def on_push(self, message: str) -> None:
        """Wakes what waits for the object that the message is on."""
        for recovery, wake in self._all():
            if recovery.on_push(message):
                wake()

    def end(self) -> None:
        """Wakes everything."""
        for _, wake in self._all():
            wake()

    def _all(self) -> List[Tuple[Recovery, Callable[[], object]]]:
        with self._lock:
            return list(self._waiting)
