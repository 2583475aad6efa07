"""The pages of a preview, made anew with each change, and what is wrong with them meanwhile."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from contextlib import suppress
from pathlib import Path

from livereload.handlers import LiveReloadHandler  # type: ignore[import-untyped]  # ships no types
from msgspec import Struct
from msgspec.structs import replace

from microsite.language.wording import Wording
from microsite.pipeline.build import Built, build_kept
from microsite.pipeline.settings import Settings
from microsite.pipeline.survey import keep_ledger
from microsite.problems import Fault, Place, Problem, as_text, problem_of

_NOWHERE = Place("")  # of what is wrong with no file: a full disk, another build


class Preview(Struct):
    """What is served just now: the last site that could be made, and what is wrong since."""

    settings: Settings
    wording: Wording
    errors: list[Problem]
    shown: list[Problem]  # in the terminal
    built: Built | None = None  # the last good one
    ledger: str = ""  # the file, once the preview has written it
    ledger_time: int = 0  # when that was

    def is_ours(self, path: str) -> bool:
        """Whether this is the ledger as the preview has left it, which changes no page."""
        if not self.ledger or not path.startswith(self.ledger):
            return False
        try:
            return path != self.ledger or Path(path).stat().st_mtime_ns == self.ledger_time
        except OSError:
            return False

    @property
    def is_refused(self) -> bool:
        """Whether nothing could be made for a reason that no edit takes away."""
        return any(problem.place == _NOWHERE for problem in self.errors)


async def make(preview: Preview) -> None:
    """Build beside the event loop, tell the terminal, and have browsers reload what is new."""
    started = time.perf_counter()
    try:
        built = await asyncio.to_thread(_build, preview)
    except Fault as fault:
        built = Built([problem_of(fault, _NOWHERE)])
    errors = [problem for problem in built.problems if problem.level == "error"]
    written = built.written
    is_new = written is not None and bool(written.new or written.changed or written.deleted)
    is_news = is_new or errors != preview.errors
    preview.errors = errors
    if is_news or built.problems != preview.shown:
        _report(built, preview, time.perf_counter() - started)
    if is_news:
        LiveReloadHandler.reload_waiters("*")
    if built.reading and built.reading.renewed is None:
        await asyncio.to_thread(_put_aside)


def _put_aside() -> None:
    """Take away the litter of a whole build, and do not look through what is held for more."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _build(preview: Preview) -> Built:
    """One build; after a good one, what was translated from what is on record."""
    gc.disable()  # looking for litter meanwhile takes a third of an edit of a large site
    try:
        built = build_kept(preview.settings, last=preview.built)
    finally:
        gc.enable()
    if built.reading is None:
        return built
    preview.built = built
    try:
        if written := keep_ledger(preview.settings, built.reading):
            with suppress(OSError):  # somebody has deleted it at once
                preview.ledger_time = Path(written).stat().st_mtime_ns
                preview.ledger = str(Path(written).resolve())
    except Fault as fault:  # pages can be shown all the same
        late = problem_of(fault, _NOWHERE, level="warning")
        return replace(built, problems=[*built.problems, late])
    return built


def _report(built: Built, preview: Preview, seconds: float) -> None:
    wording = preview.wording
    if built.problems != preview.shown:
        preview.shown = built.problems
        for problem in built.problems:
            tell(_text_of(problem, wording) + "\n", error=True)
    if built.written is None:
        said = wording.ngettext(
            "{count} thing to mend. The pages stay as they were.",
            "{count} things to mend. The pages stay as they were.",
            len(preview.errors),
        )
        tell(said.format(count=len(preview.errors)), error=True)
    else:
        said = wording.ngettext(
            "{pages} page, drafts included. Warnings: {warnings}. {seconds} seconds.",
            "{pages} pages, drafts included. Warnings: {warnings}. {seconds} seconds.",
            built.pages,
        )
        warnings = sum(problem.level == "warning" for problem in built.problems)
        tell(said.format(pages=built.pages, warnings=warnings, seconds=f"{seconds:.1f}"))


def _text_of(problem: Problem, wording: Wording) -> str:
    if problem.place != _NOWHERE:
        return as_text([problem], wording)
    message, remedy = problem.said(wording)
    return f"{message}\n  {remedy}   [{problem.rule}]"


def tell(text: str, *, error: bool = False) -> None:
    """Tell whoever has started the preview."""
    stream = sys.stderr if error else sys.stdout
    stream.write(f"{text}\n")
    stream.flush()
