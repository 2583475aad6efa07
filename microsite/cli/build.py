"""`build`: makes the site and says what became of it."""

from __future__ import annotations

import gc
import io
import sys
import time
from contextlib import redirect_stderr, redirect_stdout

from msgspec.structs import replace

from microsite.cli.again import SECONDS, Question, remember
from microsite.cli.options import Options
from microsite.cli.telling import progress, say_problems
from microsite.pipeline.build import Built, build

# Held until the process ends: to take apart what a large site was made of takes a tenth of an edit.
_BUILT: list[Built] = []


def run(options: Options, question: Question | None) -> int:
    """0 if the site was written, else 1; what is said is kept for when the build is asked again."""
    started = time.perf_counter()
    gc.disable()  # a build leaves little litter, and looking for it takes a third of a large edit
    step = progress(options.wording, is_quiet=options.is_quiet)
    built = build(
        options.settings,
        step,
        looked=question.inputs if question else "",
        look=question.outputs if question else None,
    )
    _BUILT.append(built)
    _say(built, options, f"{time.perf_counter() - started:.1f}")
    if built.written is None:
        return 1
    if question:
        again = replace(built, written=replace(built.written, new=0, changed=0, deleted=0))
        with redirect_stderr(io.StringIO()) as told, redirect_stdout(io.StringIO()) as said:
            _say(again, options, SECONDS)
        output, left = options.settings.output, built.outputs
        remember(question, output, left, told.getvalue(), said.getvalue())
    return 0


def _say(built: Built, options: Options, seconds: str) -> None:
    told = [one for one in built.problems if one.level != "note" or not options.is_quiet]
    say_problems(told, options.format, options.wording)
    if not options.is_quiet and options.format != "json":
        summary = _summary(built, options, seconds)
        print(summary, file=sys.stderr if built.written is None else sys.stdout)


def _summary(built: Built, options: Options, seconds: str) -> str:
    output, wording = options.settings.output, options.wording
    if built.written is None:
        errors = sum(problem.level == "error" for problem in built.problems)
        said = wording.ngettext(
            "{errors} error. Nothing was written; {output} is as it was.",
            "{errors} errors. Nothing was written; {output} is as it was.",
            errors,
        )
        return said.format(errors=errors, output=output)
    said = wording.ngettext(
        "{pages} page in {output}. New or changed files: {files}. Warnings: {warnings}. "
        "{seconds} seconds.",
        "{pages} pages in {output}. New or changed files: {files}. Warnings: {warnings}. "
        "{seconds} seconds.",
        built.pages,
    )
    return said.format(
        pages=built.pages,
        output=output,
        files=built.written.new + built.written.changed,
        warnings=sum(problem.level == "warning" for problem in built.problems),
        seconds=seconds,
    )
