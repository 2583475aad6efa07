"""The page of the preview that tells how far the site is; no build writes it."""

from __future__ import annotations

from html import escape

from microsite.language.wording import Wording
from microsite.language.writing import text_direction
from microsite.problems import N_
from microsite.records.report import Report, Section, report
from microsite.records.standing import Standing

ADDRESS = "/__status/"

_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere;
  font: 1rem/1.7 system-ui, "Noto Sans Thai", "Leelawadee UI", Thonburi, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.4; } h2 { font-size: 1.125rem; margin-block: 2rem 0; }
table { border-collapse: collapse; } div { overflow-x: auto; }
th, td { padding: .25rem 1rem .25rem 0; text-align: start; border-block-end: 1px solid #8886; }
th:nth-child(n+3), td:nth-child(n+3) { text-align: end; font-variant-numeric: tabular-nums; }
ul { padding-inline-start: 1.25rem; } p { margin-block: .25rem; }
"""


def status_page(standing: Standing | None, wording: Wording) -> bytes:
    """A whole page (UTF-8) in the wording's language; None is a site that has faults so far.

    All that people typed stands there as plain text.
    """
    title = escape(wording.gettext(N_("How far the site is")))
    if standing is None:
        told = wording.gettext(N_("This is told once the faults are mended."))
        main = f"<p>{escape(told)}</p>"
    else:
        main = _main(report(standing, wording), wording)
    page = f"""<!doctype html>
<html lang="{escape(wording.tag)}" dir="{text_direction(wording.tag)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{title}</h1>
{main}
</body>
</html>
"""
    return page.encode(errors="backslashreplace")  # a file name may be no Unicode


def _main(told: Report, wording: Wording) -> str:
    parts = [_table(told)] if told.table else []
    parts += map(_section, told.sections)
    if not told.sections:
        parts.append(f"<p>{escape(wording.gettext(N_('There is nothing left to do.')))}</p>")
    return "\n".join(parts)


def _table(told: Report) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in told.table[0])
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>"
        for row in told.table[1:]
    )
    return f'<div tabindex="0"><table>\n<tr>{head}</tr>\n{rows}\n</table></div>'


def _section(section: Section) -> str:
    items = "\n".join(
        f"<li>{escape(item.file)}"
        + "".join(f'<p dir="auto">{escape(detail)}</p>' for detail in item.details)
        + "</li>"
        for item in section.items
    )
    hint = f"<p>{escape(section.hint)}</p>\n" if section.hint else ""
    return f"<h2>{escape(section.heading)}</h2>\n{hint}<ul>\n{items}\n</ul>"
