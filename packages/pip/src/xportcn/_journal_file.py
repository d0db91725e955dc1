"""The journal's file, and who works on which write."""

from __future__ import annotations

import contextlib
import os
import pathlib
import secrets
import sqlite3
import threading
import time
from typing import Any, Generator, List, Optional, Set, Tuple, Union

from xportcn import _journal_sql as sql
from xportcn._errors import XportcnError


class JournalError(XportcnError):
    """The journal cannot be opened, read or written. If that was before a sending, nothing was sent."""

    kind = "Journal"


class InUseError(JournalError):
    """Another process, or another thread of this one, is at work on the write of this key. Nothing was sent."""

    @property
    def key(self) -> str:
        """The key."""
        return self._fact("key")


class JournalFile:
    """A journal's file. It may be shared by threads; a process that was forked opens it anew."""

    def __init__(self, path: Union[str, os.PathLike[str]]) -> None:
        self._path = pathlib.Path(path).absolute()
        self._lock = threading.RLock()
        self._busy: Set[str] = set()
        self._open: Optional[_Open] = _Open(self._path)
        # Of the process before a fork: to close them here would take its locks.
        self._others: List[_Open] = []

    def claim(self, key: str) -> Claim:
        """Takes the write of a key, unless another has it."""
        with self._lock:
            if key in self._busy:
                raise _in_use(key)
            with self._in_file() as file:
                entry, is_taken = file.claim(key)
            self._busy.add(key)
        return Claim(self, key, entry, is_taken)

    def keep(self, key: str, endpoint: str, entry: str, state: str) -> None:
        with self._in_file() as file:
            file.keep(key, endpoint, entry, state)

    def release(self, key: str, is_taken: bool) -> None:
        with self._lock:
            self._busy.discard(key)
        if is_taken:
            # Who cannot let go keeps it until the process ends.
            with contextlib.suppress(JournalError), self._in_file() as file:
                file.execute(sql.RELEASE, key, file.owner)

    def open_writes(self) -> List[Tuple[Any, ...]]:
        with self._in_file() as file:
            return file.execute(sql.OPEN).fetchall()

    def all_writes(self) -> List[Tuple[Any, ...]]:
        with self._in_file() as file:
            return file.execute(sql.ALL).fetchall()

    def close(self) -> None:
        with self._lock:
            if self._open is not None and self._open.pid == os.getpid():
                self._open.close()
            self._open = None

    @contextlib.contextmanager
    def _in_file(self) -> Generator[_Open, None, None]:
        with self._lock:
            if self._open is None:
                raise JournalError("the journal is closed")
            if self._open.pid != os.getpid():
                self._others.append(self._open)
                self._busy = set()
                self._open = _Open(self._path)
            try:
                yield self._open
            except sqlite3.Error as error:
                raise _failed(self._path, error) from error


class Claim:
    """A write that this process works on, until it is released."""

    def __init__(self, file: JournalFile, key: str, entry: str, is_taken: bool) -> None:
        self.entry = entry
        """What the journal has of it, or nothing."""
        self._file = file
        self._key = key
        self._is_taken = is_taken

    def keep(self, endpoint: str, entry: str, state: str) -> None:
        """Keeps an entry; it is on the disk then."""
        self._is_taken = self._is_taken or state == "open"
        self._file.keep(self._key, endpoint, entry, state)
        self._is_taken = state == "open"

    def release(self) -> None:
        self._file.release(self._key, self._is_taken)

    def __enter__(self) -> Claim:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


class _Open:
    """The file as this process has it, and the owner that this process is in it.

    An owner holds a lock on an empty file of its own beside the journal. The system takes the lock when the process dies, so no
    clock has to tell that from one that only stood still.
    """

    def __init__(self, path: pathlib.Path) -> None:
        self.pid = os.getpid()
        self.owner = secrets.token_hex(16)
        self._path = path
        with contextlib.suppress(FileExistsError):
            _create(path)
        try:
            self._connection = _connected(path)
            _create(self._beside(self.owner))
            self._alive = _locked(self._beside(self.owner))
        except (OSError, sqlite3.Error) as error:
            raise _failed(path, error) from error

    def claim(self, key: str) -> Tuple[str, bool]:
        """What there is of a write, and whether it was taken: what has ended well is only read."""
        with _transaction(self._connection):
            row = self.execute(sql.FIND, key).fetchone()
            if row is None:
                return "", False
            entry, other = row
            if other is not None and other != self.owner and self._is_alive(other):
                raise _in_use(key)
            return entry, self.execute(sql.CLAIM, self.owner, key, other).rowcount > 0

    def keep(self, key: str, endpoint: str, entry: str, state: str) -> None:
        now_ms = time.time_ns() // 1_000_000
        if state == "open":
            kept = self.execute(sql.BEGIN, key, endpoint, state, entry, self.owner, now_ms)
        else:
            kept = self.execute(sql.END, state, entry, now_ms, key, self.owner)
        if kept.rowcount == 0:
            raise _in_use(key)

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def close(self) -> None:
        # Before the lock goes: whoever finds no file knows as much as who gets the lock.
        with contextlib.suppress(OSError):
            self._beside(self.owner).unlink()
        self._alive.close()
        self._connection.close()

    def _beside(self, owner: str) -> pathlib.Path:
        return self._path.with_name(f"{self._path.name}-owner-{owner}")

    def _is_alive(self, owner: str) -> bool:
        # What a file says must lead nowhere else.
        if len(owner) != len(self.owner) or not all(digit in "0123456789abcdef" for digit in owner):
            return False
        file = self._beside(owner)
        if not file.exists():
            return False
        try:
            _locked(file).close()
        except sqlite3.Error:
            return file.exists()
        with contextlib.suppress(OSError):
            file.unlink()
        return False


def _create(path: pathlib.Path) -> None:
    """Makes a file that only its owner can read, unless there is one.

    It must not be opened otherwise: to close a file takes all locks that the process has on it.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise
    except OSError as error:
        raise _failed(path, error) from error


def _locked(path: pathlib.Path) -> sqlite3.Connection:
    """Takes the lock of an owner's file."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=0, isolation_level=None, check_same_thread=False
    )
    try:
        connection.executescript(sql.LOCK)
    except BaseException:
        connection.close()
        raise
    return connection


def _connected(path: pathlib.Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        _set(connection)
        form = _form(connection)
        if form == (0, 0):
            with _transaction(connection):
                if _form(connection) == (0, 0):
                    _make(connection, path)
        elif form[0] != sql.APPLICATION:
            raise JournalError(f"the journal {path}: is a database, but no journal")
        elif form[1] > sql.VERSION:
            text = f"the journal {path} is of version {form[1]}, and this program knows versions up to {sql.VERSION}"
            raise JournalError(f"{text}: update it")
    except BaseException:
        connection.close()
        raise
    return connection


def _set(connection: sqlite3.Connection) -> None:
    # Whoever makes a file of the same name at the same time holds it for a moment, and SQLite does not wait for that.
    for last in [False] * 100 + [True]:
        try:
            connection.executescript(sql.SETTINGS)
            return
        except sqlite3.OperationalError as error:
            if last or "locked" not in str(error):
                raise
            time.sleep(0.05)


def _make(connection: sqlite3.Connection, path: pathlib.Path) -> None:
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise JournalError(f"the journal {path}: is a database, but no journal")
    # One by one: `executescript` would end the transaction first.
    for statement in filter(str.strip, sql.SCHEMA.split(";")):
        connection.execute(statement)


def _form(connection: sqlite3.Connection) -> Tuple[int, int]:
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    return int(application), int(version)


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Generator[None, None, None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _in_use(key: str) -> InUseError:
    text = f"the write `{key}` is being settled elsewhere; wait until that is over, and ask again"
    return InUseError(text, {"key": key})


def _failed(path: pathlib.Path, error: BaseException) -> JournalError:
    return JournalError(f"the journal {path}: {error}")
