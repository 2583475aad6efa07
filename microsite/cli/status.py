"""`status`: says how far the site is, and takes note of what was translated from what."""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec.structs import asdict

from microsite.cli.options import Options
from microsite.cli.telling import say_problems
from microsite.language.wording import Wording
from microsite.pipeline.survey import Survey, survey
from microsite.problems import N_, as_json, cells
from microsite.records.ledger import Outdated
from microsite.records.report import Report, report
from microsite.records.standing import Standing

LONGEST = 100  # items of one list


def run(options: Options) -> int:
    """0, or 1 where faults in the content keep it from being looked at."""
    found = survey(options.settings, options.typed.accept)
    if options.format == "json":
        print(_as_json(found, options.wording))
    else:
        is_faulty = found.standing is None
        told = [one for one in found.problems if is_faulty or one.rule.startswith("ledger-")]
        say_problems(told, options.format, options.wording)
        if found.standing is not None and not options.is_quiet:
            print(_as_text(report(found.standing, options.wording), options.wording))
    return 1 if found.standing is None else 0


def _as_text(told: Report, wording: Wording) -> str:
    parts = [_table(told.table)] if told.table else []
    for section in told.sections:
        lines = [section.heading]
        for item in section.items[:LONGEST]:
            lines += [f"  {item.file}", *(f"      {detail}" for detail in item.details)]
        more = len(section.items) - LONGEST
        if more > 0:
            told_more = N_("… and {count} more; --format json lists them all")
            lines.append("  " + wording.gettext(told_more).format(count=more))
        if section.hint:
            lines.append(f"  {section.hint}")
        parts.append("\n".join(lines))
    if not told.sections:
        parts.append(wording.gettext(N_("There is nothing left to do.")))
    return "\n\n".join(parts)


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Aligned by cells of the terminal; numbers to the right."""
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "   ".join(
            text + " " * (width - cells(text)) if n < 2 else " " * (width - cells(text)) + text
            for n, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _as_json(found: Survey, wording: Wording) -> str:
    """`{"problems": […]}`, and where the content could be read, all of the standing."""
    told = json.loads(as_json(found.problems, wording))
    if found.standing is not None:
        told |= _standing(found.standing)
    return json.dumps(told, indent=2)  # ASCII: valid in every encoding of a pipe


def _standing(standing: Standing) -> dict[str, object]:
    return {
        "translations": [asdict(one) for one in standing.counts],
        "outdated": [
            {
                "language": one.language,
                "entry": one.entry,
                "file": one.file,
                "fields": [_field(field) for field in one.fields],
            }
            for one in standing.outdated
        ],
        "missing": [asdict(one) for one in standing.missing],
        "borrowed": [asdict(one) for one in standing.borrowed],
        "without_price": standing.without_price,
        "never_checked": standing.never_checked,
    }


def _field(one: Outdated) -> dict[str, object]:
    return {
        "field": one.pair.field,
        "source_file": one.pair.source_file,
        "new": [asdict(block) for block in one.new],
        "gone": one.gone,
    }
