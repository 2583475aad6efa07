"""Commands, options and exit codes. Clock, arguments and environment are read only here."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from microsite.cli.again import answer, question


def main(arguments: Sequence[str], *, home: str) -> int:
    """The exit code: 0 done (with warnings or without), 1 faults or a refusal, 2 wrong use.

    `home` is the generator's folder, where templates, assets and locale lie.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever has started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 # to the end
        getattr(sys, name).reconfigure(errors="backslashreplace")
    asked = question(arguments, home)
    if asked and answer(asked):
        return 0
    gc.disable()  # what is loaded now stays: looking through it for litter takes 10 ms
    from microsite.cli.running import run

    gc.freeze()
    gc.enable()
    return run(arguments, home, asked)
