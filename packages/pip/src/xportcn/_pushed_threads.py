"""Work on pushed messages in threads, for frameworks that have nothing for what follows an answer."""

from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Optional

from xportcn._push import PushMessage
from xportcn._pushed import Receiver, Taken, Work

_THREADS = 4


class Threads:
    """Where the work of one handler runs."""

    def __init__(self, receiver: Receiver, work: Work, executor: Optional[Executor]) -> None:
        self._receiver = receiver
        self._work = work
        self._executor = executor or ThreadPoolExecutor(_THREADS, "xportcn-pushed")

    def start(self, taken: Taken) -> None:
        """Starts the work on a message, if there is one."""
        if taken.message is not None:
            self._executor.submit(self._run, taken.message, taken.repeated)

    def _run(self, message: PushMessage, repeated: bool) -> None:
        try:
            self._work(message, repeated)
        except Exception as error:
            self._receiver.failed(error, message)
