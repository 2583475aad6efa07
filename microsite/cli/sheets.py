"""`export` and `import`: the catalogue as a spreadsheet, and what somebody changed in it."""

from __future__ import annotations

import sys

from microsite.cli.options import Options
from microsite.cli.telling import confirm, say_fault, say_problems
from microsite.pipeline.editing import Plan, open_catalogue, plan_changes, write_plan
from microsite.pipeline.sheets import as_sheets, read_sheets, write_sheets
from microsite.problems import N_, Fault, Problem, Refusal, in_order

_SHOWN = 200  # sentences; of more, these and how many more


def run_export(options: Options) -> int:
    """0 if the file was written, 1 where errors in content must be mended first."""
    problems: list[Problem] = []
    catalogue = open_catalogue(options.settings, problems)
    if catalogue is None:
        say_problems(in_order(problems), options.format, options.wording)
        print(options.wording.gettext(N_("Nothing was exported.")), file=sys.stderr)
        return 1
    file = options.typed.file
    write_sheets(file, as_sheets(catalogue, file, options.wording))
    if not options.is_quiet:
        print(options.wording.gettext(N_("Written: {file}")).format(file=file))
    return 0


def run_import(options: Options) -> int:
    """0 if content is now as the sheet says, or stayed because somebody said so; else 1."""
    said = options.wording.gettext
    problems: list[Problem] = []
    catalogue = open_catalogue(options.settings, problems)
    if catalogue is None:
        say_problems(in_order(problems), options.format, options.wording)
        print(said(N_("Nothing was written.")), file=sys.stderr)
        return 1
    try:
        typings = read_sheets(options.typed.file)
    except Fault as fault:
        say_fault(fault, options.format, options.wording)
        print(said(N_("Nothing was written.")), file=sys.stderr)
        return 1
    plan = plan_changes(catalogue, typings, options.settings, options.wording)
    say_problems(plan.problems, options.format, options.wording)
    if plan.has_errors:
        print(said(N_("Nothing was written.")), file=sys.stderr)
        return 1
    if not options.is_quiet and options.format != "json":
        _say(plan, options)
    if not plan.files:
        return 0
    if not options.typed.yes:
        if not sys.stdin.isatty():
            message = N_("Nothing was written yet.")
            raise Refusal("not-confirmed", message, N_("Start again with --yes to write it."))
        if not confirm(N_("Write this?"), options.wording):
            print(said(N_("Nothing was written.")))
            return 0
    write_plan(catalogue, plan)
    if not options.is_quiet and options.format != "json":
        count = len(plan.files)
        form = options.wording.ngettext("{count} file written.", "{count} files written.", count)
        print(form.format(count=count))
    return 0


def _say(plan: Plan, options: Options) -> None:
    wording = options.wording
    for sentence in plan.sentences[:_SHOWN]:
        print(sentence)
    more = len(plan.sentences) - _SHOWN
    if more > 0:
        form = wording.ngettext("… and {count} more change", "… and {count} more changes", more)
        print(form.format(count=more))
    if not plan.files:
        print(wording.gettext(N_("The sheet changes nothing.")))
    if plan.without_row:
        count = plan.without_row
        form = wording.ngettext(
            "{count} entry has no row here and stays as it is.",
            "{count} entries have no row here and stay as they are.",
            count,
        )
        print(form.format(count=count))
