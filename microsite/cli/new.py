"""`new`: a new entry from flags, and from questions where somebody sits at the terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence

from microsite.cli.arguments import Arguments
from microsite.cli.options import Options
from microsite.cli.telling import fault_text, say_problems
from microsite.editing.columns import Column, columns_of
from microsite.language.wording import Wording
from microsite.pipeline.editing import (
    Catalogue,
    open_catalogue,
    plan_changes,
    typing_of_new,
    write_plan,
)
from microsite.problems import N_, Fault, Problem, Refusal, in_order
from microsite.records.kinds import check_slug


def run(options: Options) -> int:
    """0 if the files were written, else 1."""
    problems: list[Problem] = []
    catalogue = open_catalogue(options.settings, problems)
    if catalogue is None:
        say_problems(in_order(problems), options.format, options.wording)
        print(options.wording.gettext(N_("Nothing was written.")), file=sys.stderr)
        return 1
    type = options.typed.type
    columns = [column for column in columns_of(type, catalogue.languages) if column.path]
    said = _flags(columns, options)
    slug = options.typed.slug or ""
    if sys.stdin.isatty():
        said = _asked(columns, said, catalogue, options.wording)
        slug = slug or _asked_slug(_slug_from(columns, said), options.wording)
    slug = slug or _slug_from(columns, said)
    check_slug(slug) if slug else _refuse_without_name()
    typing = typing_of_new(catalogue, type, slug, said)
    plan = plan_changes(catalogue, [typing], options.settings, options.wording, is_guided=True)
    errors = [problem for problem in plan.problems if problem.level == "error"]
    if errors:
        say_problems(errors, options.format, options.wording)
        return 1
    write_plan(catalogue, plan)
    if not options.is_quiet:
        for path in plan.files:
            file = catalogue.folders.of_site("content", path)
            print(options.wording.gettext(N_("Written: {file}")).format(file=file))
    return 0


def _flags(columns: Sequence[Column], options: Options) -> dict[str, str]:
    usage = f"build.py new {options.typed.type} [--name …]"
    expected = Arguments(usage, "", options.wording)
    for column in columns:
        expected.add(column.option, dest=column.key, metavar="…")
    typed, rest = expected.read(options.typed.rest, "new")
    expected.refuse_rest(rest)
    said = {column.key: getattr(typed, column.key) for column in columns}
    return {key: value for key, value in said.items() if value is not None}


def _asked(
    columns: Sequence[Column], said: Mapping[str, str], catalogue: Catalogue, wording: Wording
) -> dict[str, str]:
    """What was said, and answers for what an entry needs and nobody has said yet."""
    answers = dict(said)
    for column in columns:
        is_needed = column.field is not None and column.field.required and column.above is None
        if column.key in answers or not is_needed:
            continue
        if help := column.help(wording):
            print(f"  {help}")
        if choices := _choices(column, catalogue):
            print("  " + ", ".join(choices))
        while True:
            answer = input(f"{column.label(wording)}: ").strip()
            if fault := _wrong_with(column, answer, choices):
                print("  " + fault_text(fault, wording))
            else:
                break
        if answer:
            answers[column.key] = answer
    return answers


def _choices(column: Column, catalogue: Catalogue) -> Sequence[str]:
    if column.kind is None:
        return ()
    if column.kind.refers_to:
        return catalogue.keys().get(column.kind.refers_to, [])
    options = column.kind.schema.get("enum", ())
    return [str(one) for one in options] if isinstance(options, list) else ()


def _wrong_with(column: Column, answer: str, choices: Sequence[str]) -> Fault | None:
    if not answer:
        if not column.is_required:
            return None
        return Fault("required", N_("This is needed."), N_("Ctrl-C ends without writing."))
    try:
        if column.kind is not None:
            column.kind.read(answer)
    except Fault as fault:
        return fault
    if choices and answer not in choices:
        mend = N_("Possible: {options}.")
        message = N_("“{typed}” is not one of the possible words.")
        return Fault("choice", message, mend, typed=answer, options=", ".join(choices))
    return None


def _asked_slug(guess: str, wording: Wording) -> str:
    label = wording.gettext(N_("File name"))
    while True:
        slug = input(f"{label} [{guess}]: " if guess else f"{label}: ").strip() or guess
        try:
            check_slug(slug)
        except Fault as fault:
            print("  " + fault_text(fault, wording))
        else:
            return slug


def _slug_from(columns: Sequence[Column], said: Mapping[str, str]) -> str:
    """A file name from the first name in Latin letters, or "" where there is none."""
    for column in columns:
        if column.path in {("name",), ("title",)}:
            name = said.get(column.key, "")
            slug = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")[:80]
            if slug and name.isascii():
                return slug.strip("-")
    return ""


def _refuse_without_name() -> None:
    message = N_("The entry needs a file name in Latin letters.")
    raise Refusal("slug-missing", message, N_("Add --slug, such as --slug dried-squid."))
