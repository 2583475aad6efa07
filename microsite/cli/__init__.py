"""Commands, options and exit codes. Clock, arguments and environment are read only here."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from microsite.cli.options import Options, message_wording, read_options
from microsite.cli.telling import say_fault
from microsite.problems import N_, Fault

OK, FAULTY = 0, 1  # argparse ends wrong use with 2


def main(arguments: Sequence[str], *, home: Path) -> int:
    """The exit code: 0 done (with warnings or without), 1 faults or a refusal, 2 wrong use.

    `home` is the generator's folder, where templates, assets and locale lie.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # text streams
    wording = message_wording(arguments, home)
    options = read_options(arguments, wording, home)
    try:
        return _run(options)
    except Fault as fault:
        say_fault(fault, options.format, wording)
    except KeyboardInterrupt:
        pass
    except Exception:  # noqa: BLE001 # the last net: whatever it is, it is ours to mend
        traceback.print_exc()
        said = N_("This is a fault of the generator, not of your content. Please report the above.")
        print(wording.gettext(said), file=sys.stderr)
    return FAULTY


def _run(options: Options) -> int:
    """The command, with its module loaded only now."""
    if options.command == "serve":
        from microsite.preview.server import serve

        return serve(options.settings, options.wording, port=options.typed.port)
    from microsite.cli.build import run

    return run(options)
