"""`build`: makes the site and says what became of it."""

from __future__ import annotations

import sys
import time

from microsite.cli.options import Options
from microsite.cli.telling import progress, say_problems
from microsite.language.wording import Wording
from microsite.pipeline import Built, build


def run(options: Options) -> int:
    """0 if the site was written, else 1."""
    started = time.perf_counter()
    built = build(options.settings, progress(options.wording, is_quiet=options.is_quiet))
    seconds = time.perf_counter() - started
    told = [one for one in built.problems if one.level != "note" or not options.is_quiet]
    say_problems(told, options.format, options.wording)
    is_faulty = built.written is None
    if not options.is_quiet and options.format != "json":
        summary = _summary(built, options.settings.output, seconds, options.wording)
        print(summary, file=sys.stderr if is_faulty else sys.stdout)
    return 1 if is_faulty else 0


def _summary(built: Built, output: str, seconds: float, wording: Wording) -> str:
    if built.written is None:
        errors = sum(problem.level == "error" for problem in built.problems)
        said = wording.ngettext(
            "{errors} error. Nothing was written; {output} is as it was.",
            "{errors} errors. Nothing was written; {output} is as it was.",
            errors,
        )
        return said.format(errors=errors, output=output)
    said = wording.ngettext(
        "{pages} page in {output}: {files} files new or changed. Warnings: {warnings}. "
        "{seconds} seconds.",
        "{pages} pages in {output}: {files} files new or changed. Warnings: {warnings}. "
        "{seconds} seconds.",
        built.pages,
    )
    return said.format(
        pages=built.pages,
        output=output,
        files=built.written.new + built.written.changed,
        warnings=sum(problem.level == "warning" for problem in built.problems),
        seconds=f"{seconds:.1f}",
    )
