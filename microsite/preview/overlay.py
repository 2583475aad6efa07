"""The fault overlay: what keeps the site from being newer, laid over a page of the preview."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape

from microsite.language.wording import Wording
from microsite.problems import Problem

_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
# Up to where the page's own policy says which styles it may have.
_POLICY = re.compile(rb"<meta http-equiv=.Content-Security-Policy.[^>]*?\bstyle-src\b")

# Undoes whatever the page's own styles say about these elements; no request, no script.
_STYLE = """
#microsite-faults, #microsite-faults * { all: revert; box-sizing: border-box; }
#microsite-faults { position: fixed; inset: 0 0 auto 0; z-index: 2147483647;
  max-height: 60vh; overflow: auto; padding: 12px 20px; background: #1c1b22; color: #f6f4ef;
  border-bottom: 4px solid #ff8a65; font: 16px/1.7 system-ui, "Noto Sans Thai", "Leelawadee UI",
  Thonburi, sans-serif; overflow-wrap: anywhere; text-align: start; }
#microsite-faults summary { cursor: pointer; font-size: 20px; font-weight: 700; }
#microsite-faults p { margin: 4px 0; }
#microsite-faults ol { margin: 0; padding: 0; list-style: none; }
#microsite-faults li { margin: 16px 0; padding-inline-start: 12px; border-inline-start:
  2px solid #8a8794; }
#microsite-faults .place, #microsite-faults .rule { color: #c9c5d3; font-size: 14px; }
#microsite-faults .message { font-weight: 700; }
#microsite-faults pre { margin: 4px 0; padding: 4px 8px; background: #2b2933; white-space:
  pre-wrap; font: 15px/1.7 ui-monospace, Consolas, Menlo, "Noto Sans Thai", monospace; }
#microsite-faults mark { background: #ff8a65; color: #1c1b22; }
@media print { #microsite-faults { display: none; } }
"""


def lay_over(problems: Collection[Problem], wording: Wording, html: bytes) -> bytes:
    """The page (UTF-8) with the problems in the wording's language at its top; as it is without
    problems. All that people typed stands there as plain text. It needs no script and can be
    folded away.
    """
    if not problems:
        return html
    heading = wording.ngettext("{count} thing to mend", "{count} things to mend", len(problems))
    heading = escape(heading.format(count=len(problems)))
    lead = escape(wording.gettext("Until it is mended, the pages stay as they were."))
    items = "\n".join(_item(problem, wording) for problem in problems)
    markup = (
        f'<aside id="microsite-faults" lang="{escape(wording.tag)}" aria-label="{heading}"'
        f' tabindex="0"><style>{_STYLE}</style>\n'
        f"<details open><summary>{heading}</summary>\n<p>{lead}</p>\n<ol>\n{items}\n</ol>"
        "</details></aside>\n"
    )
    return into_body(_with_style(html), markup)


def into_body(html: bytes, markup: str) -> bytes:
    """The page with the markup as the first thing of its body; at its end if no `<body>` is
    written in it.
    """
    # A file name that is not Unicode cannot stand in the page as it is.
    data = markup.encode(errors="backslashreplace")
    body = _BODY.search(html)
    place = body.end() if body else len(html)
    return html[:place] + data + html[place:]


def _with_style(html: bytes) -> bytes:
    """The page, allowed to have the overlay's style; all else stays as visitors have it."""
    policy = _POLICY.search(html)
    return html[: policy.end()] + b" 'unsafe-inline'" + html[policy.end() :] if policy else html


def _item(problem: Problem, wording: Wording) -> str:
    message, remedy = problem.said(wording)
    place = problem.place
    parts = []
    if place.file:
        where = f"{place.file}:{place.line}:{place.column}"
        parts.append(f'<p class="place">{escape(where)}</p>')
    if problem.line_text.strip():
        parts.append(f'<pre dir="auto">{_marked(problem)}</pre>')
    parts.append(f'<p class="message">{escape(message)}</p>')
    if remedy:
        parts.append(f"<p>{escape(remedy)}</p>")
    parts.append(f'<p class="rule">{escape(problem.rule)}</p>')
    return f"<li>{''.join(parts)}</li>"


def _marked(problem: Problem) -> str:
    """The quoted line, with what the problem is about marked in it."""
    text, start = problem.line_text, problem.place.column - 1
    end = start + problem.width
    marked = f"<mark>{escape(text[start:end])}</mark>" if text[start:end] else ""
    return escape(text[:start]) + marked + escape(text[end:])
