"""`check`: says what is wrong with the content, and writes nothing but, if asked, the ledger."""

from __future__ import annotations

import sys

from microsite.cli.options import Options
from microsite.cli.telling import say_problems
from microsite.pipeline import survey
from microsite.problems import N_, has_errors


def run(options: Options) -> int:
    """0 where a build would go through, else 1."""
    found = survey(options.settings, is_recorded=options.typed.record)
    say_problems(found.problems, options.format, options.wording)
    is_faulty = has_errors(found.problems)
    if not options.is_quiet and options.format != "json":
        good, bad = N_("The content is in order."), N_("The content has to be mended first.")
        print(
            options.wording.gettext(bad if is_faulty else good),
            file=sys.stderr if is_faulty else sys.stdout,
        )
    return 1 if is_faulty else 0
