"""Work divided among processes, where it is worth it.

Where the system can copy a process, a copy has all that the work needs. Elsewhere (macOS, Windows,
a preview with its threads) a process is started and everything is sent to it, which takes longer.
So work is made of functions of modules, `partial` and plain values, not of functions in functions.
"""

from __future__ import annotations

import gc
import os
import pickle  # only what our own child says through a pipe of its own
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

WORTH = 24  # pieces of work from which a copied process saves more than it costs
WORTH_SENDING = 1000  # the same of one that is started, and to which the site is sent
_PIECES = 32  # of a share, each at least as large as is worth a process
_WIDTH = 4  # bytes of a piece's number
T = TypeVar("T")
R = TypeVar("R")


def spread(
    items: Sequence[T],
    work: Callable[[Sequence[T]], R],
    jobs: int,
    worth: int = WORTH,
    worth_sending: int | None = WORTH_SENDING,
) -> list[R]:
    """What `work` makes of neighbouring pieces of the items, in their order.

    `worth` is how many items are worth a process that is copied, `worth_sending` one that is
    started; None where that never is. One process does all where there are fewer, or only one core.
    What a process has not done that was killed is done here.
    """
    is_copied = _can_copy()
    least = worth if is_copied else worth_sending
    count = min(jobs, len(items) // least) if least else 1
    if count < 2:
        return [work(items)]
    size = -(-len(items) // count)
    shares = [items[start : start + size] for start in range(0, len(items), size)]
    gc.freeze()  # what is there already is looked at by nobody, and shared for longer
    try:
        return _by_copies(_Pieces(shares, worth), work) if is_copied else _by_started(shares, work)
    finally:
        gc.unfreeze()


def _by_copies(pieces: _Pieces[T], work: Callable[[Sequence[T]], R]) -> list[R]:
    def packed_from(share: int) -> dict[int, bytes]:
        # Each at once: packed it needs half the room, and a last one with all more than both.
        return {number: pickle.dumps(work(pieces.all[number])) for number in pieces.taken(share)}

    children = [_Copy(partial(packed_from, share)) for share in range(1, pieces.shares)]
    try:
        done = {number: work(pieces.all[number]) for number in pieces.taken(0)}
        while children:
            said = children.pop(0).hear()
            for number, packed in said[0].items() if said else ():
                done[number] = pickle.loads(packed)  # noqa: S301
    finally:
        pieces.close()
        _leave(children)
    return [done[at] if at in done else work(piece) for at, piece in enumerate(pieces.all)]


def _by_started(shares: Sequence[Sequence[T]], work: Callable[[Sequence[T]], R]) -> list[R]:
    first, *others = shares
    children = [(share, _Started(partial(work, share))) for share in others]
    try:
        results = [work(first)]
        while children:
            share, child = children.pop(0)
            said = child.hear()
            results.append(work(share) if said is None else said[0])
    finally:
        _leave([child for _, child in children])
    return results


class _Pieces(Generic[T]):
    """Shares of work in pieces, for copies of a process: none waits while another has some left."""

    def __init__(self, shares: Sequence[Sequence[T]], worth: int) -> None:
        self.all: list[Sequence[T]] = []
        self.shares = len(shares)
        self._maker = os.getpid()
        self._waiting: list[int] = []  # pipes: the numbers of pieces that nobody has begun
        for share in shares:
            size = max(worth, -(-len(share) // _PIECES))
            start = len(self.all)
            self.all += [share[at : at + size] for at in range(0, len(share), size)]
            pipe, writing = os.pipe()
            numbers = range(start, len(self.all))
            os.write(writing, b"".join(number.to_bytes(_WIDTH, "big") for number in numbers))
            os.close(writing)
            self._waiting.append(pipe)

    def taken(self, share: int) -> Iterator[int]:
        """The number of each piece that is ours to do: of this share first, then of others."""
        for pipe in (*self._waiting[share:], *self._waiting[:share]):
            while number := os.read(pipe, _WIDTH):  # the system gives each to one process only
                if self._maker not in {os.getpid(), os.getppid()}:
                    os._exit(1)  # whoever has copied us was killed: another build may begin
                yield int.from_bytes(number, "big")

    def close(self) -> None:
        """Nobody begins another piece, wherever it is done."""
        for _ in self.taken(0):
            pass
        for pipe in self._waiting:
            os.close(pipe)


@contextmanager
def ahead(work: Callable[[], R], jobs: int) -> Iterator[Callable[[], R]]:
    """Answers with what `work` makes: begun in another process now, while this one does the rest.

    Where no process can be copied, or it was killed, the work is done when it is asked for.
    """
    if jobs < 2 or not _can_copy():
        yield work
        return
    child = _Copy(work)
    is_heard = False

    def answer() -> R:
        nonlocal is_heard
        is_heard = True
        said = child.hear()
        return work() if said is None else said[0]

    try:
        yield answer
    finally:
        if not is_heard:
            _leave([child])


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """Has a thread do what leaves the processor to others, such as waiting for a disk.

    No process can be copied meanwhile.
    """
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _can_copy() -> bool:
    # Other threads may hold locks, which nobody would open in the copy.
    # macOS can copy a process, but not one that has used some of its libraries.
    has_fork = hasattr(os, "fork") and sys.platform != "darwin"
    return has_fork and threading.active_count() == 1


class _Copy(Generic[R]):
    """A copy of this process that does some work, and says in a pipe what came of it."""

    def __init__(self, work: Callable[[], R]) -> None:
        self._pipe, writing = os.pipe()
        self._child = os.fork()
        if self._child:
            os.close(writing)
            return
        try:
            os.close(self._pipe)
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(_told(work), pipe)  # as bytes it would need room twice
        finally:
            os._exit(0)

    def hear(self) -> tuple[R] | None:
        """What it made; None if it was killed. Raises what the work raised."""
        with os.fdopen(self._pipe, "rb") as file:
            said = file.read()  # whole, so that the child ends and leaves its room
        os.waitpid(self._child, 0)
        return _made(said)

    def let_go(self) -> None:
        """Nobody asks any more for what it makes: it ends when it finds that out."""
        os.close(self._pipe)

    def wait(self) -> None:
        """Until it has ended."""
        os.waitpid(self._child, 0)


class _Started(Generic[R]):
    """A fresh process that is sent its work, and says in a pipe what came of it."""

    def __init__(self, work: Callable[[], R]) -> None:
        from multiprocessing import get_context  # 30 ms, and seldom used

        context = get_context("spawn")
        self._pipe, writing = context.Pipe(duplex=False)
        self._child = context.Process(target=_answer, args=(writing, work), daemon=True)
        self._child.start()
        writing.close()

    def hear(self) -> tuple[R] | None:
        """What it made; None if it was killed. Raises what the work raised."""
        try:
            said = self._pipe.recv_bytes()
        except EOFError:
            said = b""
        self._child.join()
        return _made(said)

    def let_go(self) -> None:
        """Nobody asks any more for what it makes."""
        self._child.terminate()

    def wait(self) -> None:
        """Until it has ended."""
        self._child.join()


def _answer(pipe: Connection, work: Callable[[], R]) -> None:
    """What a process does that was started."""
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started us
    parent = parent_process()
    assert parent is not None  # noqa: S101 # we were started

    def end_with_parent() -> None:
        parent.join()
        os._exit(1)  # nothing may be laid into the draft of another build

    threading.Thread(target=end_with_parent, daemon=True).start()
    pipe.send_bytes(pickle.dumps(_told(work)))
    pipe.close()
    os._exit(0)


def _told(work: Callable[[], R]) -> tuple[bool, R | BaseException]:
    try:
        return True, work()
    except BaseException as error:  # noqa: BLE001 # raised again in the parent
        return False, error


def _made(said: bytes) -> tuple[R] | None:
    try:
        is_done, made = pickle.loads(said)  # noqa: S301
    except (EOFError, pickle.UnpicklingError):
        return None
    if not is_done:
        raise made
    return (made,)


def _leave(children: Sequence[_Copy[R] | _Started[R]]) -> None:
    for child in children:  # all of them first: later children hold the pipes of earlier ones
        child.let_go()
    for child in children:
        child.wait()
