"""What commands say: problems, and how far a long build is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

from microsite.language.wording import Wording
from microsite.problems import (
    N_,
    Fault,
    Place,
    Problem,
    as_github,
    as_json,
    as_text,
    problem_of,
)


def say_problems(problems: Sequence[Problem], form: str, wording: Wording) -> None:
    """Problems as JSON on the standard output, or for people on the standard error."""
    if form == "json":
        print(as_json(problems, wording))
    elif problems:
        show = as_github if form == "github" else as_text
        print(show(problems, wording) + ("\n" if form == "text" else ""), file=sys.stderr)


def say_fault(fault: Fault, form: str, wording: Wording) -> None:
    """Why a command will not go on at all; as JSON, a problem without a file."""
    if form == "json":
        print(as_json([problem_of(fault, Place(""))], wording))
    else:
        print(fault_text(fault, wording) + f"   [{fault.rule}]", file=sys.stderr)


def fault_text(fault: Fault, wording: Wording) -> str:
    """What is wrong, and below it how to mend it."""
    message = wording.gettext(fault.message).format(**fault.values)
    mend = wording.gettext(fault.remedy).format(**fault.values) if fault.remedy else ""
    return f"{message}\n  {mend}" if mend else message


def confirm(question: str, wording: Wording) -> bool:
    """Whether somebody at the terminal says yes."""
    said = wording.gettext
    answer = input(said(N_("{question} (y/n)")).format(question=said(question)) + " ")
    return answer.strip().casefold() in {"y", "yes", said(N_("yes")).casefold()}


def progress(wording: Wording, *, is_quiet: bool) -> Callable[[str], None]:
    """Says each step on one line of the terminal, once a build has taken a second."""
    if is_quiet or not sys.stderr.isatty():
        return lambda _: None
    started = time.perf_counter()

    def say(step: str) -> None:
        if time.perf_counter() - started > 1:
            print(f"\r\x1b[K{wording.gettext(step)} …", end="\r", file=sys.stderr, flush=True)

    return say
