"""A command from what was typed to its exit code."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn

from microsite.cli.again import Question
from microsite.cli.options import Options, message_wording, read_options
from microsite.cli.telling import say_fault
from microsite.problems import N_, Fault

FAULTY = 1  # wrong use ends with 2, where options are read
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # a disk, what we may use of it, a file's limit


def run(arguments: Sequence[str], home: str, question: Question | None) -> int:
    """The exit code, as `main` says; `question` is what a build may be asked for again."""
    wording = message_wording(arguments, home)
    try:
        options = read_options(arguments, wording, home)
        _end_at_ctrl_c(options)
        code = _run(options, question)
        sys.stdout.flush()  # a full disk may show only now
        return code
    except BrokenPipeError:  # whoever reads has read enough, as `head` does
        pass
    except Exception as error:  # noqa: BLE001 # the last net
        if isinstance(error, OSError) and error.errno in _FULL:
            message = N_("What this command has to say cannot be written ({reason}).")
            mend = N_(
                "Make room on the disk, or have it written elsewhere. The rest may be done already."
            )
            fault = Fault("words-unwritable", message, mend, reason=error.strerror)
            say_fault(fault, "text", wording)
        else:  # whatever it is, it is ours to mend
            import traceback

            traceback.print_exc()
            said = N_(
                "This is a fault of the generator, not of your content. Please report the above."
            )
            print(wording.gettext(said), file=sys.stderr)
    return FAULTY


def _end_at_ctrl_c(options: Options) -> None:
    """Have Ctrl-C end the program at once, with a word; `serve` has one of its own.

    This is as a kill, which builds are made for: no thread is waited for, no page is half written.
    """
    own, stream = os.getpid(), sys.stderr
    if options.command == "build":
        said = N_(
            "Stopped. Every page that is there is whole; the next build makes what is missing."
        )
    else:
        said = N_("Stopped.")
    told = f"\n{options.wording.gettext(said)}\n"

    def end(*_: object) -> NoReturn:
        if os.getpid() == own:  # copies of this process say nothing
            with suppress(RuntimeError, OSError):  # it was just saying something, or nobody listens
                stream.write(told)
        os._exit(FAULTY)

    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:  # else whoever has started us decided so
        signal.signal(signal.SIGINT, end)


def _run(options: Options, question: Question | None) -> int:
    """The command, with its module loaded only now; or why it will not go on."""
    try:
        if options.command == "build":
            from microsite.cli.build import run as run_build

            return run_build(options, question)
        return _runner(options.command)(options)
    except Fault as fault:
        say_fault(fault, options.format, options.wording)
        return FAULTY


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
