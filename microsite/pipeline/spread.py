"""Work divided among processes, where the system can copy one and the work is worth it."""

from __future__ import annotations

import gc
import os
import pickle  # only what our own child says through a pipe of its own
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

WORTH = 24  # pieces of work from which a second process saves more than it costs
T = TypeVar("T")
R = TypeVar("R")


def spread(
    items: Sequence[T], work: Callable[[Sequence[T]], R], jobs: int, worth: int = WORTH
) -> list[R]:
    """What `work` makes of neighbouring shares of the items, in their order.

    One process does all where there are few items, only one core, other threads (a copied process
    would inherit their locks) or no way to copy a process. A share whose process was killed is
    done here.
    """
    count = min(jobs, len(items) // worth)
    if count < 2 or not _can_copy():
        return [work(items)]
    size = -(-len(items) // count)
    first, *others = (items[start : start + size] for start in range(0, len(items), size))
    gc.freeze()  # what is there already is looked at by nobody, and shared for longer
    children = [(share, *_begin(work, share)) for share in others]
    try:
        results = [work(first)]
        while children:
            share, child, pipe = children.pop(0)
            said: tuple[R] | None = _hear(child, pipe)
            results.append(work(share) if said is None else said[0])
    finally:
        gc.unfreeze()
        _leave([(child, pipe) for _, child, pipe in children])
    return results


@contextmanager
def ahead(work: Callable[[], R], jobs: int) -> Iterator[Callable[[], R]]:
    """Answers with what `work` makes: begun in another process now, while this one does the rest.

    Where there is no other process, or it was killed, the work is done when it is asked for.
    """
    if jobs < 2 or not _can_copy():
        yield work
        return
    child, pipe = _begin(lambda _: work(), ())
    is_heard = False

    def answer() -> R:
        nonlocal is_heard
        is_heard = True
        said: tuple[R] | None = _hear(child, pipe)
        return work() if said is None else said[0]

    try:
        yield answer
    finally:
        if not is_heard:
            _leave([(child, pipe)])


def _can_copy() -> bool:
    # macOS can copy a process, but not one that has used some of its libraries
    has_fork = hasattr(os, "fork") and sys.platform != "darwin"
    return has_fork and threading.active_count() == 1


def _begin(work: Callable[[Sequence[T]], R], share: Sequence[T]) -> tuple[int, int]:
    """The child that does a share, and the pipe in which it says what came of it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        told: tuple[bool, R | BaseException]
        try:
            told = True, work(share)
        except BaseException as error:  # noqa: BLE001 # raised again in the parent
            told = False, error
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(told, pipe)  # piece by piece: as bytes it would need room a second time
    finally:
        os._exit(0)


def _leave(children: Sequence[tuple[int, int]]) -> None:
    """Nobody asks any more for what these make; each ends when it finds that out."""
    for _, pipe in children:  # all of them first: later children hold the pipes of earlier ones
        os.close(pipe)
    for child, _ in children:
        os.waitpid(child, 0)


def _hear(child: int, pipe: int) -> tuple[R] | None:
    """What a child made; None if it was killed.

    Raises:
        BaseException: what the child's work raised.
    """
    with os.fdopen(pipe, "rb") as file:
        said = file.read()  # whole, so that the child ends, and its room is free for what it says
    os.waitpid(child, 0)
    try:
        is_done, made = pickle.loads(said)  # noqa: S301
    except (EOFError, pickle.UnpicklingError):
        return None
    if not is_done:
        raise made
    return (made,)
