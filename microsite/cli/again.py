"""A build that is asked for again: where nothing has changed since, the same answer.

It is looked at before anything else is loaded, so it takes `build.py`'s arguments by hand.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence

from microsite.storage import unchanged
from microsite.storage.version import libraries

FOLDERS = ("content", "templates", "assets", "locale")
_ENVIRONMENT = ("LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH")
_PLAIN = {"build", "--drafts", "--quiet"}
WITH_VALUE = {"--site", "--output", "--base-url", "--language", "--format", "--jobs", "--today"}
SECONDS = "{seconds}"  # in what is said again: how long it took this time


class Question:
    """What is asked for, and how everything stands that the answer depends on."""

    __slots__ = ("asked", "inputs", "kept", "outputs", "place", "site", "started")

    def __init__(self, site: str, asked: str, started: float) -> None:
        self.site, self.asked, self.started = site, asked, started
        self.place = f"{site}/.cache/unchanged"
        kept = unchanged.recall(self.place)
        # What the last answer depended on, and what it was; none to another question.
        self.kept = kept[1:] if len(kept) == 6 and kept[0] == asked else []
        self.outputs: Callable[[], str] | None = None  # how the output stands, where that is asked
        self.inputs = ""


def question(arguments: Sequence[str], home: str) -> Question | None:
    """The question that is put, if it is a plain build and the system can tell what changed."""
    started = time.perf_counter()
    typed = plain_build(arguments)
    if typed is None or not unchanged.can_tell():
        return None
    site = typed.get("--site", ".")
    folders = {
        os.path.abspath(f"{above}/{name}"): None for above in (home, site) for name in FOLDERS
    }
    folders[os.path.dirname(os.path.dirname(os.path.abspath(__file__)))] = None  # the generator
    asked = [
        *arguments,
        os.getcwd(),
        sys.version,
        time.strftime("%Y-%m-%d"),
        *(f"{name}={os.environ.get(name)}" for name in _ENVIRONMENT),
        *libraries(),
    ]
    put = Question(site, "\n".join(asked), started)
    if put.kept:
        _, output, outputs, *_ = put.kept
        if outputs.count("\n") > unchanged.MANY:
            put.outputs = unchanged.look_meanwhile(output)
    put.inputs = unchanged.look((one for one in folders if os.path.isdir(one)), time.time_ns())
    return put


def answer(question: Question) -> bool:
    """Whether the last answer still holds; then it has been given again."""
    if not question.kept or not unchanged.is_sure(question.inputs):
        return False
    inputs, output, outputs, told, said = question.kept
    if inputs != question.inputs or _is_undone(question.site):
        return False
    now = question.outputs() if question.outputs else unchanged.look_at_all(output)
    if now != outputs:
        return False
    seconds = f"{time.perf_counter() - question.started:.1f}"
    try:
        sys.stderr.write(told)
        sys.stdout.write(said.replace(SECONDS, seconds))
        sys.stdout.flush()
    except OSError:  # whoever builds will tell why
        return False
    return True


def remember(question: Question, output: str, outputs: str, told: str, say: str) -> None:
    """Keep the answer of a build: what it told of problems, what it says when nothing is new.

    Nothing is kept where the disk does not let us.
    """
    parts = [question.asked, question.inputs, output, outputs, told, say]
    try:
        is_sure = unchanged.is_sure(question.inputs)
        if is_sure and outputs and not any("\0" in part for part in parts):
            unchanged.keep(question.place, parts)
    except OSError:
        pass


def plain_build(arguments: Sequence[str]) -> dict[str, str] | None:
    """Options with their values, flags with themselves; None where more than a build is asked for.

    That an option is known is all that is looked at; whether its value is right is not.
    """
    typed: dict[str, str] = {}
    waiting = ""
    for argument in arguments:
        name, has_value, value = argument.partition("=")
        if waiting:
            typed[waiting], waiting = argument, ""
        elif argument in WITH_VALUE:
            waiting = argument
        elif has_value and name in WITH_VALUE:
            typed[name] = value
        elif argument in _PLAIN:
            typed[argument] = argument
        else:
            return None
    return None if waiting else typed


def _is_undone(site: str) -> bool:
    """Whether a change of an output has been decided and not carried out to its end."""
    try:
        return bool(os.listdir(f"{site}/.cache/output"))
    except OSError:
        return False
