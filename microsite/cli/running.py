"""A command from what was typed to its exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence

from microsite.cli.again import Question
from microsite.cli.options import Options, message_wording, read_options
from microsite.cli.telling import say_fault
from microsite.problems import N_, Fault

FAULTY = 1  # wrong use ends with 2, where options are read


def run(arguments: Sequence[str], home: str, question: Question | None) -> int:
    """The exit code, as `main` says; `question` is what a build may be asked for again."""
    wording = message_wording(arguments, home)
    options = read_options(arguments, wording, home)
    try:
        return _run(options, question)
    except Fault as fault:
        say_fault(fault, options.format, wording)
    except BrokenPipeError:  # whoever reads has read enough, as `head` does
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(
                OSError, ValueError
            ):  # else the end of the program says it again
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except Exception:  # noqa: BLE001 # the last net: whatever it is, it is ours to mend
        import traceback

        traceback.print_exc()
        said = N_("This is a fault of the generator, not of your content. Please report the above.")
        print(wording.gettext(said), file=sys.stderr)
    return FAULTY


def _run(options: Options, question: Question | None) -> int:
    """The command, with its module loaded only now."""
    if options.command == "build":
        from microsite.cli.build import run as run_build

        return run_build(options, question)
    return _runner(options.command)(options)


def _runner(command: str) -> Callable[[Options], int]:
    if command == "serve":
        from microsite.cli.serve import run
    elif command == "status":
        from microsite.cli.status import run
    elif command == "check":
        from microsite.cli.check import run
    elif command == "new":
        from microsite.cli.new import run
    elif command == "export":
        from microsite.cli.sheets import run_export as run
    elif command == "import":
        from microsite.cli.sheets import run_import as run
    else:
        from microsite.cli.schema import run
    return run
