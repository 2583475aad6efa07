"""Runs `main` of build.py as often as it is asked to, in forks of a process that has loaded all.

Spoken to in lines of JSON. A build then costs no start, and may be killed without harm to others.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import marshal
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Environment

from microsite.storage import unchanged

unchanged.MANY = 100  # so that another process looks at the output, as on a large site

from microsite.cli import build, main  # noqa: E402
from microsite.pipeline.build import Built  # noqa: E402
from microsite.pipeline.settings import Settings  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
CAN_FORK = hasattr(os, "fork")


def attend(*, stays: bool) -> None:
    """Answer until nothing more is asked. `stays`: builds run here, as where a preview is open."""
    while line := sys.stdin.readline():
        asked = json.loads(line)
        if asked["do"] == "leave":
            if stays and CAN_FORK:
                os._exit(0)
            tell({})
        elif asked["do"] == "stay":
            child = os.fork() if CAN_FORK and not stays else -1
            if child > 0:
                os.waitpid(child, 0)  # until it leaves
            tell({})
            if child == 0:
                hold_what_was_built()
                attend(stays=True)
        else:
            tell(made(asked) if stays or not CAN_FORK else in_a_fork(asked))


def hold_what_was_built() -> None:
    """Each build gets what the last good one in this process has left in memory."""
    good: list[Built] = []
    plain = build.build

    def with_last(settings: Settings, step: Callable[[str], None], **looks: Any) -> Built:
        built = plain(settings, step, good[-1] if good else None, **looks)
        if built.written:
            good[:] = [built]
        return built

    build.build = with_last


def in_a_fork(asked: dict[str, Any], also: Callable[[], dict[str, Any]] = dict) -> dict[str, Any]:
    """What became of a build; `code` is None where it died."""
    with tempfile.TemporaryFile() as place:
        child = os.fork()
        if child == 0:
            try:
                os.setpgid(0, 0)  # so that those whom it starts die with it
                if asked["kill"]:
                    kill_before(asked["kill"])
                place.write(marshal.dumps({**made(asked), **also()}))
                place.flush()
            except BaseException:  # noqa: BLE001 # told; there must not be two who attend
                traceback.print_exc()
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        place.seek(0)
        answer = place.read()
    if not answer:
        return {"code": None, "err": f"It died ({status})."}
    return marshal.loads(answer)  # noqa: S302 # by ourselves


def kill_before(change: int) -> None:
    """Have this process and its children die just before its n-th change of anything on disk."""
    seen = 0

    def count(event: str, args: tuple[Any, ...]) -> None:
        nonlocal seen
        is_written = event == "open" and isinstance(args[2], int) and args[2] & 3
        if event in CHANGES or is_written:
            seen += 1
            if seen == change:
                os.killpg(0, signal.SIGKILL)

    sys.addaudithook(count)


def made(asked: dict[str, Any]) -> dict[str, Any]:
    """The exit code of a build, and what it said of problems."""
    os.chdir(asked["cwd"])
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(asked["arguments"], home=str(ROOT))
        except SystemExit as left:
            code = left.code
    return {"code": code, "err": err.buffer.getvalue().decode()}


def tell(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def compile_no_text_twice(known: dict[tuple[str, ...], CodeType]) -> None:
    """Half the time of a small build would go into compiling the same templates."""
    plain = Environment.compile

    def compile(self: Environment, source: str, name: str, filename: str) -> CodeType:
        key = (source, name, filename)
        if key not in known:
            known[key] = plain(self, *key)
        return known[key]

    Environment.compile = compile


def learn(asked: dict[str, Any]) -> dict[str, Any]:
    """What became of the first build. What it has loaded and compiled is here from then on."""
    known: dict[tuple[str, ...], CodeType] = {}
    compile_no_text_twice(known)
    if not CAN_FORK:
        return made(asked)
    answer = in_a_fork(asked, lambda: {"compiled": known, "loaded": sorted(sys.modules)})
    known |= answer.pop("compiled", {})
    for name in answer.pop("loaded", []):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    return answer


if __name__ == "__main__":
    tell(learn(json.loads(sys.stdin.readline())))
    attend(stays=False)
